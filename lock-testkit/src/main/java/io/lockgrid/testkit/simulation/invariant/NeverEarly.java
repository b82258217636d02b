package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Event;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.HashMap;
import java.util.Map;

/** A lease lasts for its length of real time, counted from the stamps of its grant and of its renewals. */
public final class NeverEarly implements Invariant {
    private final Map<String, Long> leases = new HashMap<>();
    private final Map<String, Long> promised = new HashMap<>();

    @Override
    public void check(Observation step) {
        step.batch()
                .ifPresent(batch -> batch.commands().forEach(command -> {
                    switch (Observation.bare(command)) {
                        case Command.TryAcquire c ->
                            leases.merge(c.lock() + " " + c.ticket(), c.leaseMillis(), Math::min);
                        case Command.Enqueue c -> leases.merge(c.lock() + " " + c.ticket(), c.leaseMillis(), Math::min);
                        default -> {}
                    }
                }));
        for (Event event : step.events()) {
            String ticket = event.lock() + " " + event.ticket();
            if (event instanceof Event.Granted) {
                promised.put(ticket, step.stampedAtMillis() + leases.getOrDefault(ticket, 0L));
            } else if (event instanceof Event.Renewed(var lock, var id, var token, var expiresAt)) {
                long left = expiresAt - step.after().clusterTimeMillis();
                promised.merge(ticket, step.stampedAtMillis() + left, Math::max);
            } else if (event instanceof Event.Ended ended && ended.end() == End.EXPIRED) {
                long end = promised.getOrDefault(ticket, 0L);
                require(step.stampedAtMillis() >= end, "%s before %d ms of real time", ended, end);
            }
        }
    }
}
