package io.lockgrid.statemachine;

/**
 * A ticket that is over. It never holds again; it is remembered for a while so that those who poll it see how it ended.
 *
 * @param ticket the ticket
 * @param end how it ended
 * @param token the fencing token of its grant, or 0 if it never held
 * @param grantedWallMillis wall time of its grant in ms since 1970, or 0 if it never held
 * @param endedAtMillis clusterTime of its end, in ms
 * @param endedWallMillis wall time of its end, in ms since 1970; for people, decides nothing
 * @param sequence its place in the order in which tickets of the grid ended
 */
public record EndedTicket(
        Ticket ticket,
        End end,
        long token,
        long grantedWallMillis,
        long endedAtMillis,
        long endedWallMillis,
        long sequence)
        implements Line.Member {
    /** How a ticket ends; exactly one of these, once. */
    public enum End {
        /** Its holder gave the lock back. */
        RELEASED,
        /** Its lease ran out. */
        EXPIRED,
        /** It left the queue before it held. */
        CANCELLED,
        /** It was ended by force, with every other ticket of the lock. */
        CLEARED
    }

    @Override
    public String id() {
        return ticket.id();
    }

    /** Whether the ticket held the lock before it ended. */
    public boolean wasGranted() {
        return token != 0;
    }
}
