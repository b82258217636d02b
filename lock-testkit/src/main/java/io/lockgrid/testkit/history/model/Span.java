package io.lockgrid.testkit.history.model;

/**
 * A moment of which only the bounds are known, on the replicated clock in ms.
 *
 * @param min not before
 * @param max not after; at least {@code min}
 */
public record Span(long min, long max) {
    /** Later than all, and far from the end of a long. */
    public static final long FOREVER = Long.MAX_VALUE / 4;

    /** @throws IllegalArgumentException if it ends before it begins */
    public Span {
        if (max < min) {
            throw new IllegalArgumentException("a span does not end before it begins: " + min + " to " + max);
        }
    }

    /** A moment that is known. */
    public static Span at(long millis) {
        return new Span(millis, millis);
    }

    /** So much later. */
    public Span plus(long millis) {
        return new Span(min + millis, max + millis);
    }

    @Override
    public String toString() {
        return min == max ? min + " ms" : min + " to " + (max >= FOREVER ? "?" : max) + " ms";
    }
}
