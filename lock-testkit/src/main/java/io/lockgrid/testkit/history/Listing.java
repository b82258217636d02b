package io.lockgrid.testkit.history;

import java.util.List;

/**
 * The holder of a lock and its queue, as one node showed them.
 *
 * @param index of the log that it shows
 * @param tickets the holder's and then the waiters' in order
 */
public record Listing(String lock, long index, List<String> tickets) {
    /** Copies the list. */
    public Listing {
        tickets = List.copyOf(tickets);
    }
}
