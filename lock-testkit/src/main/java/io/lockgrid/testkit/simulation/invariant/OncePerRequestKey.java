package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Outcome.Reason;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.HashMap;
import java.util.Map;

/** While a request key is remembered, its first outcome is the answer to every repeat, and to no other request. */
public final class OncePerRequestKey implements Invariant {
    private final Map<String, First> firsts = new HashMap<>();

    private record First(long fingerprint, Outcome outcome, long atMillis) {}

    @Override
    public void check(Observation step) {
        if (step.firstTime()) {
            long now = step.after().clusterTimeMillis();
            for (Observation.Answered answer : step.answers()) {
                if (answer.command() instanceof Command.Keyed keyed) {
                    check(keyed, answer.outcome(), now);
                }
            }
        }
    }

    private void check(Command.Keyed keyed, Outcome outcome, long now) {
        First first = firsts.get(keyed.key());
        Outcome refused = new Outcome.Refused(Reason.REQUEST_KEY_REUSED);
        if (first != null && now < first.atMillis + Limits.REQUEST_KEY_KEPT_MILLIS) {
            Outcome expected = first.fingerprint == keyed.fingerprint() ? first.outcome : refused;
            require(outcome.equals(expected), "%s got %s after %s", keyed, outcome, first);
        } else if (first == null || !(outcome.equals(first.outcome) || outcome.equals(refused))) {
            firsts.put(keyed.key(), new First(keyed.fingerprint(), outcome, now));
        }
    }
}
