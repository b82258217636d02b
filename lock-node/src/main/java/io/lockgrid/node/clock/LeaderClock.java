package io.lockgrid.node.clock;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time that this node stamps on entries while it leads: the clusterTime at which it became a ready leader plus the
 * monotonic time since. It never reads the wall clock, so a wrong or jumping one cannot end a lease early, and a new
 * leader's clock stands where the old one's last entry left it, so a failover can only lengthen leases.
 *
 * <p>Any thread.
 */
public final class LeaderClock {
    /**
     * A leader's time.
     *
     * @param leadership which time of leading it belongs to; a stamp of an earlier one is void
     * @param millis clusterTime in ms
     */
    public record Stamp(long leadership, long millis) {}

    private record Leadership(long number, long clusterTimeMillis, long startNanos) {}

    private final LongSupplier nanoTime;
    private long leaderships;
    private volatile @Nullable Leadership current;

    /**
     * Makes a clock that does not run yet.
     *
     * @param nanoTime monotonic nanoseconds, e.g. {@code System::nanoTime}
     */
    public LeaderClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * This node became a ready leader: every entry of earlier leaders is applied.
     *
     * @param clusterTimeMillis of the newest applied entry, in ms
     */
    public synchronized void start(long clusterTimeMillis) {
        current = new Leadership(++leaderships, clusterTimeMillis, nanoTime.getAsLong());
    }

    /** This node leads no longer. Kept running, its line would be ahead of a later leader's, and leases end early. */
    public synchronized void stop() {
        current = null;
    }

    /** The time now, or empty while this node is not a ready leader. */
    public Optional<Stamp> now() {
        Leadership leadership = current;
        if (leadership == null) {
            return Optional.empty();
        }
        long passed = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - leadership.startNanos());
        return Optional.of(new Stamp(leadership.number(), leadership.clusterTimeMillis() + passed));
    }

    /** Whether a stamp was made in the present time of leading. */
    public boolean isCurrent(Stamp stamp) {
        Leadership leadership = current;
        return leadership != null && leadership.number() == stamp.leadership();
    }
}
