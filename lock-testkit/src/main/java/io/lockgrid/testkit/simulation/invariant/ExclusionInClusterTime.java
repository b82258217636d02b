package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.HashMap;
import java.util.Map;

/** A lock is granted only after the ticket that held it has ended. */
public final class ExclusionInClusterTime implements Invariant {
    private final Map<LockName, String> holders = new HashMap<>();

    @Override
    public void check(Observation step) {
        for (Event event : step.events()) {
            if (event instanceof Event.Granted) {
                String other = holders.put(event.lock(), event.ticket());
                require(other == null, "%s is granted to %s while %s holds it", event.lock(), event.ticket(), other);
            } else if (event instanceof Event.Ended) {
                holders.remove(event.lock(), event.ticket());
            }
        }
    }
}
