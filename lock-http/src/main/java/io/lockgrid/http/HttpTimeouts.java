package io.lockgrid.http;

import java.time.Duration;

/**
 * How long the edge waits, so that every request and every connection ends within a bound.
 *
 * @param head from the first byte of a request, or of a TLS handshake, to the end of its header fields; then the
 *     connection is closed
 * @param body from the head of a request to the end of its body; a slower one is answered 408
 * @param answer for the replicated log; the node bounds its own waits, so this is the last resort against a stuck one
 * @param idle for the next byte of a connection, also between two requests; then it is closed
 * @param drain for requests under way when the server stops
 */
public record HttpTimeouts(Duration head, Duration body, Duration answer, Duration idle, Duration drain) {
    private static final int WAIT_SECONDS_MAX = 60;

    /** What a node uses. */
    public static final HttpTimeouts DEFAULT = new HttpTimeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5));

    /**
     * The longest that a request waits for something to happen, in seconds: half of {@link #idle}, so that it is
     * answered before its connection is closed, and at most {@value #WAIT_SECONDS_MAX}.
     */
    public int waitSecondsMax() {
        return (int) Math.min(idle.toSeconds() / 2, WAIT_SECONDS_MAX);
    }

    /** The same with other bounds of what comes from a client. */
    public HttpTimeouts with(Duration headMax, Duration bodyMax, Duration idleMax) {
        return new HttpTimeouts(headMax, bodyMax, answer, idleMax, drain);
    }

    /** @throws IllegalArgumentException if one is shorter than a millisecond */
    public HttpTimeouts {
        for (Duration each : new Duration[] {head, body, answer, idle, drain}) {
            if (each.toMillis() < 1) {
                throw new IllegalArgumentException("a timeout has at least 1 ms, not " + each);
            }
        }
    }
}
