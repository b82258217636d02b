package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which batches the simple model has seen. */
final class ModelOrigins {
    private final Map<Long, Origin> origins = new TreeMap<>();

    private static final class Origin {
        long floor = 1;
        long lastSequence;
        long usedBy;
        final Map<Long, List<Outcome>> answers = new TreeMap<>();
    }

    /** The answer to a batch that came before, or empty for a new one. */
    Optional<List<Outcome>> answerTo(Batch batch) {
        Origin origin = origins.get(batch.origin());
        boolean forgotten = origin == null ? batch.floor() > 1 : batch.sequence() < origin.floor;
        if (forgotten) {
            Outcome refused = new Outcome.Refused(Outcome.Reason.BATCH_FORGOTTEN);
            return Optional.of(Collections.nCopies(batch.commands().size(), refused));
        }
        return Optional.ofNullable(origin == null ? null : origin.answers.get(batch.sequence()));
    }

    void remember(Batch batch, long usedBy, List<Outcome> outcomes) {
        Origin origin = origins.computeIfAbsent(batch.origin(), number -> new Origin());
        origin.answers.put(batch.sequence(), outcomes);
        origin.usedBy = usedBy;
        origin.lastSequence = Math.max(origin.lastSequence, batch.sequence());
        origin.floor = Math.max(origin.floor, batch.floor());
        origin.floor = Math.max(origin.floor, origin.lastSequence - Limits.UNANSWERED_BATCHES_MAX + 1);
        origin.answers.keySet().removeIf(sequence -> sequence < origin.floor);
        if (origins.size() > Limits.ORIGINS_MAX) {
            origins.values().remove(Collections.min(origins.values(), Comparator.comparingLong(each -> each.usedBy)));
        }
    }

    List<GridState.OriginState> state() {
        List<GridState.OriginState> states = new ArrayList<>();
        origins.forEach((number, origin) -> {
            List<GridState.BatchState> batches = new ArrayList<>();
            origin.answers.forEach((sequence, outcomes) -> batches.add(new GridState.BatchState(sequence, outcomes)));
            states.add(new GridState.OriginState(number, origin.floor, origin.lastSequence, origin.usedBy, batches));
        });
        return states;
    }
}
