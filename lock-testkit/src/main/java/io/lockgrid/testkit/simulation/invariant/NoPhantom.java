package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Event;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.HashSet;
import java.util.Set;

/** Nothing is queued or granted that no command asked for. */
public final class NoPhantom implements Invariant {
    private final Set<String> askedFor = new HashSet<>();

    @Override
    public void check(Observation step) {
        step.batch()
                .ifPresent(batch -> batch.commands().forEach(command -> {
                    switch (Observation.bare(command)) {
                        case Command.TryAcquire(var lock, var ticket, var holder, var lease) ->
                            askedFor.add(lock + " " + ticket);
                        case Command.Enqueue(var lock, var ticket, var holder, var lease, var waitersMax) ->
                            askedFor.add(lock + " " + ticket);
                        default -> {}
                    }
                }));
        for (Event event : step.events()) {
            if (event instanceof Event.Queued || event instanceof Event.Granted) {
                require(askedFor.contains(event.lock() + " " + event.ticket()), "nobody asked for %s", event);
            }
        }
    }
}
