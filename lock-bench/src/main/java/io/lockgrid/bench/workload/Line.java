package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.wire.SfpClient;
import io.lockgrid.bench.wire.SfpClient.Place;
import java.util.concurrent.CompletableFuture;

/** One client's way through the line for a lock. */
final class Line {
    private final SfpClient locks;
    private final Lane lane;
    private final String lock;
    private final Turns turns;

    Line(SfpClient locks, Lane lane, String lock, Turns turns) {
        this.locks = locks;
        this.lane = lane;
        this.lock = lock;
        this.turns = turns;
    }

    /** Gets a place. */
    CompletableFuture<Place> queue(double leaseSeconds) {
        long sent = System.nanoTime();
        return lane.timed("queue", () -> locks.queue(lock, leaseSeconds)).thenApply(place -> {
            turns.queued(place.ticket(), sent);
            return place;
        });
    }

    /** Waits until the place is the first one, and gives the lock back at once. */
    CompletableFuture<?> take(Place place) {
        return lane.timed("wait", () -> await(place)).thenCompose(held -> {
            turns.granted(held).ifPresent(nanos -> lane.record("hand-over", nanos));
            turns.releasing(held.token());
            return lane.timed(
                    "release", () -> locks.release(lock, held.ticket()).thenApply(done -> held));
        });
    }

    private CompletableFuture<Place> await(Place place) {
        return place.position() == 0
                ? CompletableFuture.completedFuture(place)
                : locks.await(lock, place.ticket()).thenCompose(this::await);
    }
}
