package io.lockgrid.testkit.agent.mutant;

import net.bytebuddy.asm.Advice;

/** Waiters that are in a snapshot are not read back from it. */
final class QueueLostInSnapshot {
    private QueueLostInSnapshot() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean before() {
        return true;
    }
}
