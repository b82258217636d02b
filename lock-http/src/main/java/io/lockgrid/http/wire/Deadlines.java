package io.lockgrid.http.wire;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of one length on one event loop. They fall due in the order in which they were set, so setting one is a
 * queue operation and one timer serves them all: far cheaper than a timer for each request, nearly all of which are
 * met.
 */
public final class Deadlines {
    /** How late a deadline may be noticed, at most, in ms. */
    private static final long PERIOD_MILLIS_MAX = 250;

    private final Duration length;
    private final Deque<Deadline> inOrder = new ArrayDeque<>();

    /** Starts its timer on {@code vertx}; call it on the event loop that will use it. */
    public Deadlines(Vertx vertx, Duration length) {
        this.length = length;
        long period = Math.clamp(length.toMillis() / 4, 1, PERIOD_MILLIS_MAX);
        vertx.setPeriodic(period, timer -> sweep());
    }

    /** How long each has. */
    public Duration length() {
        return length;
    }

    /** Sets one: {@code missed} runs on this event loop unless it is met in time. */
    public Deadline set(Runnable missed) {
        Deadline deadline = new Deadline(System.nanoTime() + length.toNanos(), missed);
        inOrder.addLast(deadline);
        return deadline;
    }

    private void sweep() {
        long now = System.nanoTime();
        while (!inOrder.isEmpty() && inOrder.getFirst().isPast(now)) {
            inOrder.removeFirst().end();
        }
    }

    /** A promise to be done in time. */
    public static final class Deadline {
        private final long atNanos;
        private @Nullable Runnable missed;

        private Deadline(long atNanos, Runnable missed) {
            this.atNanos = atNanos;
            this.missed = missed;
        }

        /** Done; nothing will happen. */
        public void met() {
            missed = null;
        }

        private boolean isPast(long nowNanos) {
            return missed == null || nowNanos - atNanos >= 0;
        }

        private void end() {
            Runnable late = missed;
            missed = null;
            if (late != null) {
                late.run();
            }
        }
    }
}
