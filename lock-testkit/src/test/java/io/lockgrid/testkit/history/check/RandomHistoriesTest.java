package io.lockgrid.testkit.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.history.History;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories of the real rules behind a network that loses calls and answers. */
class RandomHistoriesTest {
    private static final int SEEDS = 30;
    private static final int CLIENTS_PER_API = 3;
    private static final int MILLIS = 2_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.03, 0.1})
    void whatTheRealRulesAnswerIsAccepted(double lostShare) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            History history = RandomClients.history(new RandomGrid(seed, lostShare, 0.02), CLIENTS_PER_API, MILLIS);
            Conditions conditions = Conditions.UNKNOWN.withHealthy(
                    lostShare > 0 ? List.of() : List.of(new Conditions.Healthy(0, Long.MAX_VALUE)));

            assertThat(Checks.report(history, conditions)).as("seed " + seed).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thousandsOfCallsOfOneLockAreDecided(long seed) {
        History history = RandomClients.history(new RandomGrid(seed, 0.03, 0.02), 5, 20_000);

        assertThat(history.operations()).hasSizeGreaterThan(5_000);
        assertThat(history.sent().stream().filter(op -> !op.isDefinite()).count())
                .isGreaterThan(100);
        assertThat(Checks.report(history)).isEmpty();
    }
}
