package io.lockgrid.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.simulation.invariant.Invariants;
import java.util.List;
import org.junit.jupiter.api.Test;

/** See {@link Seeds} for how to run one seed, or many more. */
class SimulationTest {
    private static final int SEEDS = 10_000;

    @Test
    void everyPromiseHoldsAfterEveryStepOfEverySeed() {
        new Seeds(LockSpaceCore::new, Invariants::all).check(SEEDS);
    }

    @Test
    void aFailureTellsItsSeedHowToRunItAgainAndAShortScenario() {
        Invariant noToken7 = step -> {
            if (step.after().lastToken() == 7) {
                throw new Violation("NoToken7", "there is a token 7");
            }
        };
        Seeds seeds = new Seeds(LockSpaceCore::new, () -> List.of(noToken7));
        Seeds.Failure failure = seeds.firstFailure(SEEDS, any -> true).orElseThrow();

        assertThat(seeds.report(failure))
                .contains("-Dtest=SimulationTest", "-Dlockgrid.seed=" + failure.seed(), "NoToken7: there is a token 7")
                .contains("batch origin=", "token=7")
                .doesNotContain("token=8");
    }
}
