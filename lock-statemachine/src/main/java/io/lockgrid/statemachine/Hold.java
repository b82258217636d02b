package io.lockgrid.statemachine;

/**
 * A ticket that holds its lock.
 *
 * @param ticket the ticket that was granted
 * @param token the fencing token of this grant: larger than that of every earlier grant in the grid
 * @param expiresAtMillis the clusterTime at which the lease ends, in ms
 * @param grantedWallMillis wall time of the grant, in ms since 1970; for people, decides nothing
 */
public record Hold(Ticket ticket, long token, long expiresAtMillis, long grantedWallMillis) {}
