package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Event;
import io.lockgrid.testkit.simulation.GridState;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.HashSet;
import java.util.Set;

/** A ticket that was queued or granted holds or waits until it ends, and it ends once. */
public final class NoTicketIsLost implements Invariant {
    private final Set<String> open = new HashSet<>();

    @Override
    public void check(Observation step) {
        for (Event event : step.events()) {
            String ticket = event.lock() + " " + event.ticket();
            switch (event) {
                case Event.Queued queued -> open.add(ticket);
                case Event.Granted granted -> open.add(ticket);
                case Event.Ended ended -> require(open.remove(ticket), "%s ended but was not open", ticket);
                case Event.Renewed renewed -> require(open.contains(ticket), "%s is renewed but not open", ticket);
            }
        }
        Set<String> there = new HashSet<>();
        for (GridState.LockState lock : step.after().locks()) {
            lock.hold()
                    .ifPresent(
                            hold -> there.add(lock.name() + " " + hold.ticket().id()));
            lock.waiters().forEach(waiter -> there.add(lock.name() + " " + waiter.id()));
        }
        require(there.equals(open), "open tickets should be %s but are %s", open, there);
    }
}
