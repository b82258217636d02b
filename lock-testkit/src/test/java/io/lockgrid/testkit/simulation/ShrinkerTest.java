package io.lockgrid.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.LockName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final Command CULPRIT = new Command.Clear(new LockName("ns", "culprit"));
    private static final Command OTHER = new Command.Clear(new LockName("ns", "other"));

    @Test
    void onlyTheStepsThatFailTogetherAreLeft() {
        List<Step> steps = new ArrayList<>();
        for (int millis = 0; millis < 100; millis++) {
            steps.add(new Step.Wait(millis));
        }
        List<Step> shortest =
                Shrinker.shrink(steps, fewer -> fewer.contains(new Step.Wait(17)) && fewer.contains(new Step.Wait(63)));

        assertThat(shortest).containsExactly(new Step.Wait(17), new Step.Wait(63));
    }

    @Test
    void onlyTheCommandsThatFailAreLeft() {
        List<Step> steps = List.of(new Step.Tick(), new Step.Send(0, List.of(OTHER, OTHER, CULPRIT, OTHER)));

        List<Step> shortest = Shrinker.shrink(
                steps,
                fewer -> fewer.stream()
                        .anyMatch(step -> step instanceof Step.Send send
                                && send.commands().contains(CULPRIT)));

        assertThat(shortest).containsExactly(new Step.Send(0, List.of(CULPRIT)));
    }
}
