package io.lockgrid.http;

/**
 * How much the edge takes at once, so that no client can use up a node. Bodies and times have theirs in
 * {@link HttpConfig} and {@link HttpTimeouts}.
 *
 * @param connections at once, from 1 on; one more is closed when it is accepted, the others are not touched
 * @param headerBytes of all header fields of a request, 1 KiB to 1 MiB; a longer head is answered 431
 * @param urlBytes of the request line of HTTP/1.1, or the path and query of HTTP/2, 1 KiB to 1 MiB; a longer one is
 *     answered 414
 * @param streams requests in flight of one HTTP/2 connection, 1 to 100,000; one more is refused on its own. HTTP/1.1
 *     has one, and what a client sends ahead waits
 * @param requestsInFlight of all connections, from 1 on; one more is answered 503 with {@code Retry-After}
 */
public record HttpLimits(int connections, int headerBytes, int urlBytes, int streams, int requestsInFlight) {
    /** What a node uses unless told otherwise. */
    public static final HttpLimits DEFAULT = new HttpLimits(10_000, 16 << 10, 16 << 10, 100, 10_000);

    private static final int HEAD_BYTES_MIN = 1 << 10;
    private static final int HEAD_BYTES_MAX = 1 << 20;
    private static final int STREAMS_MAX = 100_000;

    /** @throws IllegalArgumentException if a value is out of range */
    public HttpLimits {
        check(connections >= 1, "at least 1 connection must be allowed");
        check(isHead(headerBytes), "the header fields of a request have 1024 to 1048576 bytes at most");
        check(isHead(urlBytes), "the URL of a request has 1024 to 1048576 bytes at most");
        check(streams >= 1 && streams <= STREAMS_MAX, "a connection has 1 to 100000 requests in flight at most");
        check(requestsInFlight >= 1, "at least 1 request in flight must be allowed");
    }

    private static boolean isHead(int bytes) {
        return bytes >= HEAD_BYTES_MIN && bytes <= HEAD_BYTES_MAX;
    }

    private static void check(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(rule);
        }
    }
}
