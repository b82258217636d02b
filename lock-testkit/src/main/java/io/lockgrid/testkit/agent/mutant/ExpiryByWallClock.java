package io.lockgrid.testkit.agent.mutant;

import io.lockgrid.statemachine.Entry;
import net.bytebuddy.asm.Advice;

/** Each node ends leases by its own wall clock, in place of the stamp that the leader put into the entry. */
final class ExpiryByWallClock {
    private ExpiryByWallClock() {}

    @Advice.OnMethodEnter
    static void before(@Advice.Argument(value = 1, readOnly = false) Entry entry) {
        entry = new Entry(System.currentTimeMillis(), entry.wallMillis(), entry.batches());
    }
}
