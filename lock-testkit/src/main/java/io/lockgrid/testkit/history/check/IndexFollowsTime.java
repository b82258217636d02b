package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Recorded;
import java.util.ArrayList;
import java.util.List;

/** The order of the log is the order of time: whoever asks after an answer is answered from no earlier place. */
final class IndexFollowsTime implements HistoryCheck {
    private record Answer(long invokedNanos, long returnedNanos, long index, Recorded told) {}

    @Override
    public List<Finding> findings(History history) {
        List<Answer> answers = new ArrayList<>();
        for (Operation op : history.operations()) {
            if (op.index() >= 0) {
                answers.add(new Answer(op.invokedNanos(), op.returnedNanos(), op.index(), op));
            }
        }
        for (Listing seen : history.listings()) {
            answers.add(new Answer(seen.invokedNanos(), seen.returnedNanos(), seen.index(), seen));
        }
        Latest answered = new Latest(answers, Answer::returnedNanos, Answer::index);
        return answers.stream()
                .filter(answer -> answer.index < answered.before(answer.invokedNanos))
                .map(answer -> new Finding(
                        "stale, log index " + answered.before(answer.invokedNanos)
                                + " was answered before it was asked",
                        answer.told))
                .toList();
    }
}
