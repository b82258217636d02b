package io.lockgrid.bench.driver;

import java.util.concurrent.CompletableFuture;

/** One client of a run. It does one cycle after the other, always called on the event loop of its {@link Lane}. */
public interface Session {
    /** Does once, before anything is measured, what the cycles need. */
    default CompletableFuture<?> prepare() {
        return CompletableFuture.completedFuture(null);
    }

    /** Whether there is another cycle to do; one that has none stops, and the run ends when all have. */
    default boolean hasMore() {
        return true;
    }

    /** What its cycles are recorded as: those of clients that do something else beside the others have another name. */
    default String cycleName() {
        return Tally.CYCLE;
    }

    /**
     * Does one cycle: what a user of a lock does once.
     *
     * @return completes when it is over; fails with {@link io.lockgrid.bench.wire.CallFailedException} if a step did
     *     not bring what it should, after which the next cycle must be able to go on
     */
    CompletableFuture<?> cycle();

    /** Gives back, when all is measured, what it still holds. */
    default CompletableFuture<?> finish() {
        return CompletableFuture.completedFuture(null);
    }
}
