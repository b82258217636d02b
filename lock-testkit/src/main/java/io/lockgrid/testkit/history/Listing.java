package io.lockgrid.testkit.history;

import java.util.List;
import java.util.Locale;

/**
 * A lock as one API showed it.
 *
 * @param family API that showed it
 * @param invokedNanos when it was asked, on the monotonic clock of the test, in ns
 * @param returnedNanos when it was answered
 * @param index of the log that it shows
 * @param clusterTimeMillis replicated clock at that index in ms, -1 if the answer did not say
 * @param held whether anybody holds the lock
 * @param showsQueue whether the API shows who holds and waits; if not, {@code seats} is empty
 * @param seats the holder's and then the waiters' in order
 */
public record Listing(
        String lock,
        String family,
        String process,
        long invokedNanos,
        long returnedNanos,
        long index,
        long clusterTimeMillis,
        boolean held,
        boolean showsQueue,
        List<Seat> seats)
        implements Recorded {
    /**
     * A ticket that holds or waits.
     *
     * @param holder as the API shows it, which puts the family before names of other APIs
     * @param token of its grant, 0 if it waits
     * @param position in the queue, 1 for the next in line, 0 if it holds
     */
    public record Seat(String ticket, String holder, long token, int position) {
        /** In few words. */
        @Override
        public String toString() {
            String place = token > 0 ? " holds under " + token : " waits at " + position;
            return holder + place + " (ticket " + ticket + ")";
        }
    }

    /** Copies the list. */
    public Listing {
        seats = List.copyOf(seats);
    }

    /** In few words; moments in seconds. */
    @Override
    public String toString() {
        String line = showsQueue
                ? String.join(", ", seats.stream().map(Seat::toString).toList())
                : "held";
        return String.format(
                Locale.ROOT,
                "LIST of %s by %s (%s) %.3f-%.3f s: %s index %d clusterTime %d",
                lock,
                process,
                family,
                invokedNanos / 1e9,
                returnedNanos / 1e9,
                held ? line : "free",
                index,
                clusterTimeMillis);
    }

    /** The tickets, the holder's first. */
    public List<String> tickets() {
        return seats.stream().map(Seat::ticket).toList();
    }
}
