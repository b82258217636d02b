package io.lockgrid.bench.wire;

/**
 * A hold of a lock.
 *
 * @param lock its name
 * @param owner who holds
 * @param ticket what the API calls the hold; empty where it has no name for it
 * @param token the fencing token; 0 where the server told none
 */
public record Grant(String lock, String owner, String ticket, long token) {}
