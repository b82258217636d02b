package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.List;

/** An entry of which every command was refused brings about what is due, and nothing else. */
public final class RefusalsChangeNothing implements Invariant {
    @Override
    public void check(Observation step) {
        List<Observation.Answered> answers = step.answers();
        boolean allRefused = !answers.isEmpty()
                && answers.stream()
                        .allMatch(answer -> answer.outcome() instanceof Outcome.Refused
                                && !(answer.command() instanceof Command.Keyed));
        if (allRefused) {
            long ended =
                    step.events().stream().filter(Event.Ended.class::isInstance).count();
            for (Event event : step.events()) {
                boolean due =
                        event instanceof Event.Ended end ? end.end() == End.EXPIRED : event instanceof Event.Granted;
                require(due, "%s, but all was refused: %s", event, answers);
            }
            require(step.events().size() <= 2 * ended, "%s, but all was refused", step.events());
            require(
                    step.before().accessTokens().equals(step.after().accessTokens()),
                    "a refusal changed the access tokens");
            require(step.before().requests().equals(step.after().requests()), "a refusal changed the request keys");
        }
    }
}
