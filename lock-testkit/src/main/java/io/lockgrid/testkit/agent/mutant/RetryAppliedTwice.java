package io.lockgrid.testkit.agent.mutant;

import io.lockgrid.statemachine.Outcome;
import java.util.List;
import java.util.Optional;
import net.bytebuddy.asm.Advice;

/** A batch that is sent again after a leader change is applied again. */
final class RetryAppliedTwice {
    private RetryAppliedTwice() {}

    @SuppressWarnings("UnusedVariable") // Read by the method that this is woven into.
    @Advice.OnMethodExit
    static void after(@Advice.Return(readOnly = false) Optional<List<Outcome>> known) {
        known = Optional.empty();
    }
}
