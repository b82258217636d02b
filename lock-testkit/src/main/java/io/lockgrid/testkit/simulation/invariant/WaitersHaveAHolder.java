package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.testkit.simulation.GridState;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;

/** A lock with waiters has a holder, so that "free" is one test. */
public final class WaitersHaveAHolder implements Invariant {
    @Override
    public void check(Observation step) {
        for (GridState.LockState lock : step.after().locks()) {
            require(lock.hold().isPresent() || lock.waiters().isEmpty(), "%s", lock);
        }
    }
}
