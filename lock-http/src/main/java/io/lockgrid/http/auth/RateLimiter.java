package io.lockgrid.http.auth;

import io.lockgrid.http.wire.Failure;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the requests of each caller, for all event loops of a node together: a bucket of one second's worth that fills
 * evenly, kept as the one time at which it is full again (the generic cell rate algorithm of ITU-T I.371). A full
 * bucket is as good as none, so what is kept is bounded by the requests of the last seconds.
 */
public final class RateLimiter {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final int SWEPT_FROM = 1_000;

    private final int perSecond;
    private final long nanosEach;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final ConcurrentMap<String, Long> fullAgainNanos = new ConcurrentHashMap<>();
    private final AtomicLong sweepNanos = new AtomicLong();

    /** @param perSecond requests of each caller, 1 to 1,000,000 */
    RateLimiter(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanosEach = SECOND_NANOS / perSecond;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /**
     * Counts a request.
     *
     * @throws Failure.Carrier with {@link Failure.TooManyRequests} if it is one too many, which does not count
     */
    void take(Caller caller) {
        long now = now();
        sweep(now);
        long[] waitNanos = {0};
        fullAgainNanos.compute(caller.name(), (name, before) -> {
            long then = Math.max(now, before == null ? now : before) + nanosEach;
            waitNanos[0] = then - now - SECOND_NANOS;
            return waitNanos[0] > 0 ? before : Long.valueOf(then);
        });
        if (waitNanos[0] > 0) {
            long seconds = Math.ceilDiv(waitNanos[0], SECOND_NANOS);
            throw new Failure.Carrier(new Failure.TooManyRequests(caller.name(), perSecond, seconds));
        }
    }

    /** The value of the header {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-11). */
    public String policy() {
        return "\"caller\";q=" + perSecond + ";w=1";
    }

    /**
     * The value of the header {@code RateLimit}: what a caller has left, and in how many seconds all is there again.
     */
    public String state(String caller) {
        long now = now();
        long full = fullAgainNanos.getOrDefault(caller, now);
        long missing = Math.max(full - now, 0);
        return "\"caller\";r=" + (SECOND_NANOS - missing) / nanosEach + ";t=" + Math.ceilDiv(missing, SECOND_NANOS);
    }

    /** How many callers are kept. */
    int size() {
        return fullAgainNanos.size();
    }

    private long now() {
        return nanoTime.getAsLong() - startNanos;
    }

    private void sweep(long now) {
        long due = sweepNanos.get();
        if (fullAgainNanos.size() >= SWEPT_FROM && now >= due && sweepNanos.compareAndSet(due, now + SECOND_NANOS)) {
            fullAgainNanos.values().removeIf(full -> full <= now);
        }
    }
}
