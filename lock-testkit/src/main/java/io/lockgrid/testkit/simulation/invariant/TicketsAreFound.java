package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.Lock.Standing;
import io.lockgrid.statemachine.Ticket;
import io.lockgrid.testkit.simulation.GridState;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.Optional;

/** Each ticket is found by its id where it stands; positions are 1 to n without gaps. */
public final class TicketsAreFound implements Invariant {
    @Override
    public void check(Observation step) {
        for (GridState.LockState state : step.after().locks()) {
            Lock lock = step.space().lock(state.name()).orElseThrow();
            state.hold().ifPresent(hold -> find(lock, hold.ticket().id(), new Standing.Holding(hold)));
            int position = 0;
            for (Ticket waiter : state.waiters()) {
                position++;
                find(lock, waiter.id(), new Standing.Waiting(waiter, position));
            }
            state.ended().forEach(ended -> find(lock, ended.id(), new Standing.Over(ended)));
            require(lock.find("never asked for").isEmpty(), "a ticket that nobody asked for is found");
        }
    }

    private void find(Lock lock, String ticket, Standing expected) {
        Optional<Standing> found = lock.find(ticket);
        require(found.equals(Optional.of(expected)), "%s is found as %s, not as %s", ticket, found, expected);
    }
}
