package io.lockgrid.testkit.agent.mutant;

import net.bytebuddy.asm.Advice;

/** What the leader alone has on disk is taken for committed. */
final class AcknowledgedBeforeCommit {
    private AcknowledgedBeforeCommit() {}

    @SuppressWarnings("UnusedVariable") // Read by the method that this is woven into.
    @Advice.OnMethodExit
    static void after(@Advice.Argument(0) long[] sorted, @Advice.Return(readOnly = false) long majority) {
        majority = sorted[sorted.length - 1];
    }
}
