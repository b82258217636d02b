package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Outcome.Reason;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A batch is applied once: sent again it gets the same answer, and nothing happens but what time brings. */
public final class OncePerBatch implements Invariant {
    private static final Outcome FORGOTTEN = new Outcome.Refused(Reason.BATCH_FORGOTTEN);

    private final Map<List<Long>, List<Outcome>> answers = new HashMap<>();

    @Override
    public void check(Observation step) {
        step.batch().ifPresent(batch -> check(step, batch));
    }

    private void check(Observation step, Batch batch) {
        boolean forgotten = step.outcomes().contains(FORGOTTEN);
        require(!forgotten || !(step.awaited() || step.firstTime()), "%s is awaited, but forgotten", batch);
        List<Outcome> first = answers.putIfAbsent(List.of(batch.origin(), batch.sequence()), step.outcomes());
        if (first == null) {
            return;
        }
        require(forgotten || first.equals(step.outcomes()), "%s got %s, then %s", batch, first, step.outcomes());
        int expired = 0;
        for (Event event : step.events()) {
            boolean byTime =
                    event instanceof Event.Ended ended ? ended.end() == End.EXPIRED : event instanceof Event.Granted;
            expired += event instanceof Event.Ended ? 1 : -1;
            require(byTime && expired >= 0, "%s by a batch that was applied before", event);
        }
    }
}
