package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Event;
import io.lockgrid.testkit.simulation.GridState;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;

/** A lease that is due at the clusterTime of an entry ends in it, whatever the entry says. */
public final class DueMeansEnded implements Invariant {
    @Override
    public void check(Observation step) {
        long now = step.after().clusterTimeMillis();
        for (GridState.LockState lock : step.before().locks()) {
            lock.hold().filter(hold -> hold.expiresAtMillis() <= now).ifPresent(due -> {
                boolean expired = step.events().stream()
                        .anyMatch(event -> event instanceof Event.Ended ended
                                && ended.token() == due.token()
                                && ended.end() == End.EXPIRED);
                require(expired, "%s was due at %d and did not expire", due, now);
            });
        }
        for (GridState.LockState lock : step.after().locks()) {
            lock.hold().ifPresent(hold -> require(hold.expiresAtMillis() > now, "%s is overdue at %d", hold, now));
        }
    }
}
