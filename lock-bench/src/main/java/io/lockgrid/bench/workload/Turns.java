package io.lockgrid.bench.workload;

import io.lockgrid.bench.wire.SfpClient.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The turns of one lock as its clients saw them: how long hand-overs took, and whether all was in order. */
final class Turns {
    private static final int TENTHS = 10;

    /**
     * A ticket's way.
     *
     * @param sentNanos when its client asked for a place
     * @param queuedNanos when it knew that it had one
     */
    private record Queued(long sentNanos, long queuedNanos) {}

    private record Turn(long token, long grantedNanos, Queued queued) {}

    private final Map<String, Queued> line = new HashMap<>();
    private final List<Turn> turns = new ArrayList<>();
    private long releasedToken;
    private long releasedNanos;
    private long tokensThatFell;

    /** Notes that a client got a place just now. */
    synchronized void queued(String ticket, long sentNanos) {
        line.put(ticket, new Queued(sentNanos, System.nanoTime()));
    }

    /**
     * Notes that a client saw its grant just now.
     *
     * @return the time since the holder before sent its release, in ns; none if it did not wait for that
     */
    synchronized OptionalLong granted(Place place) {
        long now = System.nanoTime();
        Queued queued = line.remove(place.ticket());
        if (queued == null) {
            throw new IllegalStateException("a ticket is granted that is not queued");
        }
        turns.add(new Turn(place.token(), now, queued));
        if (place.token() <= releasedToken) {
            tokensThatFell++;
        }
        return queued.queuedNanos() < releasedNanos ? OptionalLong.of(now - releasedNanos) : OptionalLong.empty();
    }

    /** Notes that a holder is about to send its release. */
    synchronized void releasing(long token) {
        releasedToken = token;
        releasedNanos = System.nanoTime();
    }

    synchronized int count() {
        return turns.size();
    }

    /** Where order was not kept. */
    synchronized List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        long outOfOrder = outOfOrder();
        if (outOfOrder > 0) {
            complaints.add(outOfOrder + " turns came before those of others who had queued earlier");
        }
        if (tokensThatFell > 0) {
            complaints.add(tokensThatFell + " fencing tokens were not larger than one that had been released");
        }
        return complaints;
    }

    /** Turns a second in each tenth of all turns. */
    synchronized List<Long> ratesByTenth() {
        List<Long> rates = new ArrayList<>();
        for (int i = 0; i < TENTHS && turns.size() > TENTHS; i++) {
            int first = turns.size() * i / TENTHS;
            int last = Math.min(turns.size() * (i + 1) / TENTHS, turns.size() - 1);
            double seconds = (turns.get(last).grantedNanos() - turns.get(first).grantedNanos()) / 1e9;
            rates.add(Math.round((last - first) / seconds));
        }
        return rates;
    }

    /** Turns that came before one whose place in line was there before they were asked for. */
    private long outOfOrder() {
        long earliestLater = Long.MAX_VALUE;
        long count = 0;
        for (Turn turn : turns.stream()
                .sorted(Comparator.comparingLong(Turn::token).reversed())
                .toList()) {
            if (earliestLater < turn.queued().sentNanos()) {
                count++;
            }
            earliestLater = Math.min(earliestLater, turn.queued().queuedNanos());
        }
        return count;
    }
}
