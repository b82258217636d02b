package io.lockgrid.testkit.run;

import io.lockgrid.testkit.fault.Injected;
import io.lockgrid.testkit.history.History;
import java.time.Duration;
import java.util.List;

/** How long nobody was served. */
final class Outage {
    private Outage() {}

    /**
     * The longest time without a definite answer to any client, refusals included, while a majority of the nodes was up
     * and could talk to each other.
     *
     * @param injected the faults; where one says that it takes the majority away, time does not count until it is
     *     healed
     * @param beginNanos when clients began to call
     * @param endNanos when they were told to end
     */
    static Duration longest(History history, List<Injected> injected, long beginNanos, long endNanos) {
        long longest = 0;
        long begin = beginNanos;
        for (Injected fault : injected) {
            if (!fault.majorityUp()) {
                longest = Math.max(longest, longest(history.answeredNanos(), begin, fault.fromNanos()));
                begin = fault.toNanos();
            }
        }
        return Duration.ofNanos(Math.max(longest, longest(history.answeredNanos(), begin, endNanos)));
    }

    private static long longest(List<Long> answered, long beginNanos, long endNanos) {
        long longest = 0;
        long last = beginNanos;
        for (long answer : answered) {
            if (answer > last && answer < endNanos) {
                longest = Math.max(longest, answer - last);
                last = answer;
            }
        }
        return Math.max(longest, endNanos - last);
    }
}
