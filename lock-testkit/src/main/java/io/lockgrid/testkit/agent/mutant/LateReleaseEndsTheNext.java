package io.lockgrid.testkit.agent.mutant;

import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockName;
import kotlinx.collections.immutable.PersistentMap;
import net.bytebuddy.asm.Advice;

/** A release that comes after the lease ended gives back the next holder's lock: two then hold it. */
final class LateReleaseEndsTheNext {
    private LateReleaseEndsTheNext() {}

    @Advice.OnMethodEnter
    static void before(
            @Advice.FieldValue("locks") PersistentMap<LockName, Lock> locks,
            @Advice.Argument(0) LockName name,
            @Advice.Argument(value = 1, readOnly = false) String ticket) {
        Lock lock = locks.get(name);
        if (lock != null && lock.hold() != null && lock.find(ticket).orElse(null) instanceof Lock.Standing.Over) {
            ticket = lock.hold().ticket().id();
        }
    }
}
