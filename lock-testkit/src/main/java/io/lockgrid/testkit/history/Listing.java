package io.lockgrid.testkit.history;

import java.util.List;

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
    public record Seat(String ticket, String holder, long token, int position) {}

    /** Copies the list. */
    public Listing {
        seats = List.copyOf(seats);
    }

    /** The tickets, the holder's first. */
    public List<String> tickets() {
        return seats.stream().map(Seat::ticket).toList();
    }
}
