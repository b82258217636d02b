package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Event;
import io.lockgrid.testkit.simulation.GridState;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;

/** After a clear nobody holds the lock or waits for it, and nobody was granted by it. */
public final class ClearEndsEveryTicket implements Invariant {
    @Override
    public void check(Observation step) {
        int last = step.answers().size() - 1;
        if (!step.firstTime() || !(step.answers().get(last).command() instanceof Command.Clear(var cleared))) {
            return;
        }
        boolean grantedLast = false;
        for (GridState.LockState lock : step.after().locks()) {
            if (lock.name().equals(cleared)) {
                require(lock.hold().isEmpty() && lock.waiters().isEmpty(), "%s was cleared", lock);
            }
        }
        for (Event event : step.events()) {
            grantedLast = event.lock().equals(cleared) ? event instanceof Event.Granted : grantedLast;
        }
        require(!grantedLast, "the clear of %s ended with a grant: %s", cleared, step.events());
    }
}
