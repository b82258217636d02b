package io.lockgrid.testkit.history;

/**
 * What became of a ticket, as the grid said at the end of the test.
 *
 * @param status as the API words it; empty if the ticket is unknown
 * @param reason why it is over, empty if it is not
 * @param token of its grant, 0 if it never held
 */
public record Ending(String ticket, String status, String reason, long token) implements Recorded {}
