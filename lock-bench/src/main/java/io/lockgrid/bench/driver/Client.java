package io.lockgrid.bench.driver;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Lets a session do cycle after cycle. In a closed loop the next one begins when the last one is over. In an open loop
 * each has a moment at which it should begin, and its time counts from then, also if it had to wait for the one before:
 * a server that stalls is charged for all that should have been asked meanwhile.
 */
final class Client {
    /** So long a client whose cycle failed waits, so that a server that is gone is not asked without end. */
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Session session;
    private final Lane lane;
    private final long intervalNanos;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private long intendedNanos;
    private boolean stopping;

    /** @param intervalNanos from one cycle's begin to the next in an open loop; 0 for a closed loop */
    Client(Session session, Lane lane, long intervalNanos) {
        this.session = session;
        this.lane = lane;
        this.intervalNanos = intervalNanos;
    }

    /** Begins, the first cycle after so long. */
    void start(long delayNanos) {
        intendedNanos = System.nanoTime() + delayNanos;
        lane.later(delayNanos, this::cycle);
    }

    CompletableFuture<?> prepare() {
        return CompletableFuture.runAsync(() -> {}, lane.loop()).thenCompose(here -> session.prepare());
    }

    /** Begins no further cycle; completes when the last one is over. */
    CompletableFuture<?> stop() {
        lane.loop().execute(() -> stopping = true);
        return stopped;
    }

    boolean hasStopped() {
        return stopped.isDone();
    }

    CompletableFuture<?> finish() {
        return CompletableFuture.runAsync(() -> {}, lane.loop()).thenCompose(here -> session.finish());
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void cycle() {
        if (stopping || !session.hasMore()) {
            stopped.complete(null);
            return;
        }
        long begin = intervalNanos == 0 ? System.nanoTime() : intendedNanos;
        session.cycle().whenComplete((done, failure) -> {
            if (failure == null) {
                lane.record(session.cycleName(), System.nanoTime() - begin);
            } else {
                lane.recording().failed(kind(failure));
            }
            next(failure != null);
        });
    }

    private void next(boolean hasFailed) {
        intendedNanos += intervalNanos;
        long pause = hasFailed ? AFTER_FAILURE_NANOS : 0;
        long delay = intervalNanos == 0 ? pause : Math.max(pause, intendedNanos - System.nanoTime());
        if (delay > 0 || stopping) {
            lane.later(Math.max(0, delay), this::cycle);
        } else {
            cycle();
        }
    }

    private static String kind(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }
}
