package io.lockgrid.node.clock;

import io.lockgrid.statemachine.LockSpace;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the leader's time into the log when no command does: an empty entry when a deadline is due, one at least
 * every {@link #IDLE_MILLIS} while any lease is live (so that a failover lengthens leases by at most that), and a purge
 * when something is old enough to be forgotten. Nothing held and nothing to forget: no entry.
 *
 * <p>One thread of its own, which sleeps until the next moment that matters.
 */
public final class ClockPulse implements AutoCloseable {
    /** The longest that clusterTime stands still in the log while a lease is live, in ms. */
    public static final long IDLE_MILLIS = 1_000;

    /** The pause between purges, in ms: old tickets are forgotten in groups, not in an entry for each. */
    static final long PURGE_PAUSE_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ClockPulse.class);

    /** Where the pulse goes; called on its thread, must not block for long. */
    public interface Sink {
        /** Brings an empty entry into the log. */
        void tick();

        /** Brings a purge into the log. */
        void purge();
    }

    private final LeaderClock clock;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private LockSpace space = LockSpace.empty();
    private long wakeAtMillis = Long.MAX_VALUE;
    private long askedForMillis = -1;
    private long purgedAtMillis = -PURGE_PAUSE_MILLIS;
    private boolean closed;

    /** Makes a pulse that does not beat yet. */
    public ClockPulse(LeaderClock clock, String name) {
        this.clock = clock;
        this.name = name;
    }

    /** Begins to beat. */
    public void start(Sink sink) {
        Thread.ofPlatform().name(name).daemon(true).start(() -> run(sink));
    }

    /** An entry was applied; called for each, on the thread that applies. */
    public void applied(LockSpace next) {
        lock.lock();
        try {
            space = next;
            // Waking the thread for each entry would cost more than the entry: only an earlier moment matters.
            if (Math.min(next.nextDeadlineMillis().orElse(Long.MAX_VALUE), nextPurgeMillis()) < wakeAtMillis) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** This node began or ceased to lead. */
    public void leadershipChanged() {
        lock.lock();
        try {
            askedForMillis = -1;
            purgedAtMillis = -PURGE_PAUSE_MILLIS;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private enum Beat {
        TICK,
        PURGE,
        END
    }

    private void run(Sink sink) {
        while (true) {
            try {
                switch (awaitBeat()) {
                    case TICK -> sink.tick();
                    case PURGE -> sink.purge();
                    case END -> {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("the clock pulse missed a beat", e);
            }
        }
    }

    private Beat awaitBeat() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                var stamp = clock.now();
                long now = stamp.isEmpty() ? Long.MIN_VALUE : stamp.get().millis();
                long tickAt = nextTickMillis();
                long purgeAt = nextPurgeMillis();
                if (tickAt <= now) {
                    askedForMillis = now;
                    return Beat.TICK;
                }
                if (purgeAt <= now) {
                    purgedAtMillis = now;
                    return Beat.PURGE;
                }
                // A node that does not lead waits for no moment, so none is earlier.
                wakeAtMillis = stamp.isEmpty() ? Long.MIN_VALUE : Math.min(tickAt, purgeAt);
                if (stamp.isEmpty() || wakeAtMillis == Long.MAX_VALUE) {
                    changed.await();
                } else {
                    changed.await(wakeAtMillis - now, TimeUnit.MILLISECONDS);
                }
            }
            return Beat.END;
        } finally {
            lock.unlock();
        }
    }

    private long nextPurgeMillis() {
        OptionalLong due = space.nextPurgeMillis();
        return due.isEmpty() ? Long.MAX_VALUE : Math.max(due.getAsLong(), purgedAtMillis + PURGE_PAUSE_MILLIS);
    }

    /** A beat that was asked for and is not applied yet is not asked for again until the idle time is over. */
    private long nextTickMillis() {
        OptionalLong deadline = space.nextDeadlineMillis();
        if (deadline.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long carried = Math.max(space.clusterTimeMillis(), askedForMillis);
        long due = deadline.getAsLong() > askedForMillis ? deadline.getAsLong() : Long.MAX_VALUE;
        return Math.min(due, carried + IDLE_MILLIS);
    }
}
