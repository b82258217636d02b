package io.lockgrid.testkit.workload;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long the whole cluster answered nobody after something happened to it. */
public final class Outages {
    private final List<Long> moments = new ArrayList<>();

    /** Something happens now. */
    public void begin() {
        moments.add(System.nanoTime());
    }

    /** For each moment, the longest time without any definite answer from then to the next moment or the end. */
    public List<Duration> longestGaps(History history) {
        List<Long> answered = history.answeredNanos();
        List<Duration> gaps = new ArrayList<>();
        for (int i = 0; i < moments.size(); i++) {
            long end = i + 1 < moments.size() ? moments.get(i + 1) : Long.MAX_VALUE;
            long last = moments.get(i);
            long longest = 0;
            for (long answer : answered) {
                if (answer >= last && answer < end) {
                    longest = Math.max(longest, answer - last);
                    last = answer;
                }
            }
            gaps.add(Duration.ofNanos(longest));
        }
        return gaps;
    }

    /** For each moment, the time until the first grant that was asked for after it. */
    public List<Duration> untilGrants(History history) {
        return moments.stream()
                .map(moment -> history.operations().stream()
                                .filter(op -> op.saysHeld() && op.action() == Operation.Action.CLAIM)
                                .filter(op -> op.invokedNanos() >= moment)
                                .mapToLong(Operation::returnedNanos)
                                .min()
                                .orElse(Long.MAX_VALUE)
                        - moment)
                .map(Duration::ofNanos)
                .toList();
    }
}
