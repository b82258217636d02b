package io.lockgrid.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.Outcome;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A simulation proves nothing about what its steps never bring about. */
class WorkloadTest {
    private static final int SEEDS = 500;

    private final Set<Object> seen = new HashSet<>();
    private int granted;
    private int queued;
    private int repeated;

    @Test
    void everyKindOfCommandOutcomeAndEndHappens() {
        new Seeds(LockSpaceCore::new, () -> List.of(this::note)).check(SEEDS);

        assertThat(seen).contains((Object[]) Command.class.getPermittedSubclasses());
        assertThat(seen).contains((Object[]) Outcome.class.getPermittedSubclasses());
        assertThat(seen).contains((Object[]) Event.class.getPermittedSubclasses());
        assertThat(seen).contains((Object[]) EndedTicket.End.values());
        // Too many are more than 10,000: the scenario of the access tokens is about them.
        Stream<Outcome.Reason> reasons = Arrays.stream(Outcome.Reason.values())
                .filter(reason -> reason != Outcome.Reason.TOO_MANY_ACCESS_TOKENS);
        assertThat(seen).contains(reasons.toArray());
    }

    @Test
    void everyKindOfStepIsTaken() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Workload.of(seed, Seeds.STEPS).forEach(step -> seen.add(step.getClass()));
        }
        assertThat(seen).contains((Object[]) Step.class.getPermittedSubclasses());
    }

    @Test
    void aRunHasQueuesHandOversAndRepeats() {
        new Seeds(LockSpaceCore::new, () -> List.of(this::note)).check(SEEDS);

        assertThat(granted).isGreaterThan(5 * SEEDS);
        assertThat(queued).isGreaterThan(5 * SEEDS);
        assertThat(repeated).isGreaterThan(SEEDS);
    }

    @Test
    void theSameSeedMakesTheSameRun() {
        assertThat(Workload.of(42, Seeds.STEPS)).isEqualTo(Workload.of(42, Seeds.STEPS));
        assertThat(Workload.of(42, Seeds.STEPS)).isNotEqualTo(Workload.of(43, Seeds.STEPS));
    }

    private void note(Observation step) {
        for (Observation.Answered answer : step.answers()) {
            seen.add(answer.command().getClass());
            seen.add(answer.outcome().getClass());
            if (answer.outcome() instanceof Outcome.Refused refused) {
                seen.add(refused.reason());
            }
        }
        for (Event event : step.events()) {
            seen.add(event.getClass());
            switch (event) {
                case Event.Ended ended -> seen.add(ended.end());
                case Event.Granted first -> granted++;
                case Event.Queued next -> queued++;
                case Event.Renewed renewed -> {}
            }
        }
        repeated += step.batch().isPresent() && !step.firstTime() ? 1 : 0;
    }
}
