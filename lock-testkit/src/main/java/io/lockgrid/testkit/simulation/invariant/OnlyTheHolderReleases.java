package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.HashMap;
import java.util.Map;

/** A release by name ends a hold of that holder, and a release or renewal by ticket touches that ticket. */
public final class OnlyTheHolderReleases implements Invariant {
    private final Map<String, Holder> holders = new HashMap<>();

    @Override
    public void check(Observation step) {
        for (Event event : step.events()) {
            if (event instanceof Event.Granted granted) {
                holders.put(granted.lock() + " " + granted.ticket(), granted.holder());
            }
        }
        if (!step.firstTime()) {
            return;
        }
        for (Observation.Answered answer : step.answers()) {
            if (answer.outcome() instanceof Outcome.Released(var ticket, var end)) {
                boolean own = switch (answer.command()) {
                    case Command.ReleaseHolder c -> c.holder().equals(holders.get(c.lock() + " " + ticket));
                    case Command.ReleaseTicket c -> c.ticket().equals(ticket);
                    default -> true;
                };
                require(own, "%s", answer);
            }
        }
    }
}
