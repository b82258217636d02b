package io.lockgrid.statemachine;

/**
 * A request for a lock, from the entry that brought it to its end. Its id names it in every API.
 *
 * @param id made at the edge, unique for each request; 1 to {@link Limits#ID_BYTES_MAX} bytes
 * @param holder who asked
 * @param leaseMillis the lease it asks for, 1 to {@link Limits#LEASE_MILLIS_MAX} ms, counted from the grant
 * @param createdWallMillis wall time of the entry that brought it, in ms since 1970; for people, decides nothing
 * @param sequence its place in the order of arrival in the whole grid; the queue of a lock is sorted by it
 */
public record Ticket(String id, Holder holder, long leaseMillis, long createdWallMillis, long sequence)
        implements Line.Member {}
