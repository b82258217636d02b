package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.History;
import java.util.ArrayList;
import java.util.List;

/** Which places of the log were answered when, by whatever lock. */
final class Answers {
    private final Latest answered;
    private final Earliest asked;

    private record Known(long invokedNanos, long returnedNanos, long index) {}

    Answers(History history) {
        List<Known> known = new ArrayList<>();
        history.operations().stream()
                .filter(op -> op.index() >= 0)
                .forEach(op -> known.add(new Known(op.invokedNanos(), op.returnedNanos(), op.index())));
        history.listings()
                .forEach(seen -> known.add(new Known(seen.invokedNanos(), seen.returnedNanos(), seen.index())));
        answered = new Latest(known, Known::returnedNanos, Known::index);
        asked = new Earliest(known, Known::invokedNanos, Known::index);
    }

    /** What is in the log before a call that is made at this moment: the largest index that was answered, or -1. */
    long before(long invokedNanos) {
        return Math.max(-1, answered.before(invokedNanos));
    }

    /** What an answer that is there at this moment does not lie behind: the smallest index that was asked for later. */
    long after(long returnedNanos) {
        return asked.after(returnedNanos);
    }
}
