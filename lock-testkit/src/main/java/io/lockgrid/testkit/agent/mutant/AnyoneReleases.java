package io.lockgrid.testkit.agent.mutant;

import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockName;
import kotlinx.collections.immutable.PersistentMap;
import net.bytebuddy.asm.Advice;

/** Whoever asks gives back the lock of another. */
final class AnyoneReleases {
    private AnyoneReleases() {}

    @Advice.OnMethodEnter
    static void before(
            @Advice.FieldValue("locks") PersistentMap<LockName, Lock> locks,
            @Advice.Argument(0) LockName name,
            @Advice.Argument(value = 1, readOnly = false) Holder holder) {
        Lock lock = locks.get(name);
        if (lock != null && lock.hold() != null) {
            holder = lock.hold().ticket().holder();
        }
    }
}
