package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.HashMap;
import java.util.Map;

/** A ticket that has ended never queues, holds or is renewed again, while it must be remembered. */
public final class NoResurrection implements Invariant {
    private final Map<String, Long> over = new HashMap<>();

    @Override
    public void check(Observation step) {
        long now = step.after().clusterTimeMillis();
        over.values().removeIf(endedAt -> endedAt + Limits.ENDED_KEPT_MILLIS <= now);
        for (Event event : step.events()) {
            String ticket = event.lock() + " " + event.ticket();
            require(!over.containsKey(ticket), "%s, but the ticket had ended", event);
            if (event instanceof Event.Ended) {
                over.put(ticket, now);
            }
        }
    }
}
