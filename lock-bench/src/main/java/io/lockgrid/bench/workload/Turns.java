package io.lockgrid.bench.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The turns of one lock as its clients saw them: how long hand-overs took, and whether all was in order. */
final class Turns {
    /**
     * @param sentNanos when its client asked for a place
     * @param queuedNanos when it knew that it had one
     */
    private record Turn(long token, long sentNanos, long queuedNanos) {}

    private final List<Turn> turns = new ArrayList<>();
    private long releasedToken;
    private long releasedNanos;
    private long tokensThatFell;

    /**
     * Notes that a client saw its grant.
     *
     * @return the time since the holder before sent its release, in ns; none for the first one
     */
    synchronized OptionalLong granted(long token, long sentNanos, long queuedNanos) {
        turns.add(new Turn(token, sentNanos, queuedNanos));
        if (releasedToken == 0) {
            return OptionalLong.empty();
        }
        if (token <= releasedToken) {
            tokensThatFell++;
        }
        // A lock that was free in between was not handed over.
        return queuedNanos < releasedNanos ? OptionalLong.of(System.nanoTime() - releasedNanos) : OptionalLong.empty();
    }

    /** Notes that a holder is about to send its release. */
    synchronized void releasing(long token) {
        releasedToken = token;
        releasedNanos = System.nanoTime();
    }

    synchronized Map<String, Object> findings() {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("turns", turns.size());
        found.put("turnsOutOfOrder", outOfOrder());
        found.put("tokensThatFell", tokensThatFell);
        return found;
    }

    /** Turns that came before one whose place in line was there before they were asked for. */
    private long outOfOrder() {
        long earliestLater = Long.MAX_VALUE;
        long count = 0;
        for (Turn turn : turns.stream()
                .sorted(Comparator.comparingLong(Turn::token).reversed())
                .toList()) {
            if (earliestLater < turn.sentNanos()) {
                count++;
            }
            earliestLater = Math.min(earliestLater, turn.queuedNanos());
        }
        return count;
    }
}
