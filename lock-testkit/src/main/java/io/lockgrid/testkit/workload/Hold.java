package io.lockgrid.testkit.workload;

/**
 * A lock that a client was told to hold.
 *
 * @param lockName without its namespace
 * @param process name of the client
 * @param holder name of the claim
 * @param token fencing token of the grant
 */
public record Hold(String lockName, String process, String holder, long token) {}
