package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation;
import java.util.List;

/** Linearizable: whoever asks after an answer is answered from no earlier place in the log. */
final class IndexFollowsTime implements HistoryCheck {
    @Override
    public List<String> violations(History history) {
        List<Operation> indexed =
                history.operations().stream().filter(op -> op.index() >= 0).toList();
        Latest answered = new Latest(indexed, Operation::returnedNanos, Operation::index);
        return indexed.stream()
                .filter(op -> op.index() < answered.before(op.invokedNanos()))
                .map(op -> "stale, log index " + answered.before(op.invokedNanos())
                        + " was answered before it was asked: " + op)
                .toList();
    }
}
