package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.testkit.simulation.GridState;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;

/** The numbers that the space tells are those of what is in it. */
public final class CountsAgree implements Invariant {
    @Override
    public void check(Observation step) {
        int held = 0;
        int waiters = 0;
        int ended = 0;
        for (GridState.LockState lock : step.after().locks()) {
            held += lock.hold().isPresent() ? 1 : 0;
            waiters += lock.waiters().size();
            ended += lock.ended().size();
        }
        LockSpace space = step.space();
        require(space.heldCount() == held, "%d held, not %d", held, space.heldCount());
        require(space.waiterCount() == waiters, "%d wait, not %d", waiters, space.waiterCount());
        require(space.endedCount() == ended, "%d have ended, not %d", ended, space.endedCount());
        require(space.lockCount() == step.after().locks().size(), "%d locks", space.lockCount());
        require(space.requestKeyCount() == step.after().requests().size(), "%d keys", space.requestKeyCount());
    }
}
