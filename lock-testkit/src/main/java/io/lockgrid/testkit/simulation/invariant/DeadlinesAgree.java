package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.testkit.simulation.GridState;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;

/** The next deadline and the next purge are those of the locks and of the request keys. */
public final class DeadlinesAgree implements Invariant {
    @Override
    public void check(Observation step) {
        long deadline = Long.MAX_VALUE;
        long purge = Long.MAX_VALUE;
        for (GridState.LockState lock : step.after().locks()) {
            deadline = Math.min(
                    deadline, lock.hold().map(hold -> hold.expiresAtMillis()).orElse(deadline));
            if (!lock.ended().isEmpty()) {
                purge = Math.min(purge, lock.ended().getFirst().endedAtMillis() + Limits.ENDED_KEPT_MILLIS);
            }
        }
        if (!step.after().requests().isEmpty()) {
            purge = Math.min(purge, step.after().requests().getFirst().seenAtMillis() + Limits.REQUEST_KEY_KEPT_MILLIS);
        }
        LockSpace space = step.space();
        require(space.nextDeadlineMillis().orElse(Long.MAX_VALUE) == deadline, "the next deadline is %d", deadline);
        require(space.nextPurgeMillis().orElse(Long.MAX_VALUE) == purge, "the next purge is %d", purge);
    }
}
