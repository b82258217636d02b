package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tickets are granted in the order in which they queued, but for those that ended; nobody passes by a queue. */
public final class FirstQueuedFirstGranted implements Invariant {
    private final Map<LockName, List<String>> queues = new HashMap<>();

    @Override
    public void check(Observation step) {
        for (Event event : step.events()) {
            List<String> queue = queues.computeIfAbsent(event.lock(), lock -> new ArrayList<>());
            switch (event) {
                case Event.Queued queued -> queue.add(queued.ticket());
                case Event.Granted granted -> {
                    require(
                            queue.isEmpty() || queue.getFirst().equals(granted.ticket()),
                            "%s was granted while %s waited",
                            granted.ticket(),
                            queue);
                    queue.remove(granted.ticket());
                }
                case Event.Ended ended -> queue.remove(ended.ticket());
                case Event.Renewed renewed -> {}
            }
        }
    }
}
