package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.wire.SfpClient;
import io.lockgrid.bench.wire.SfpClient.Place;
import java.util.concurrent.CompletableFuture;

/** One client's way through the line for a lock. */
final class Line {
    /** How long a turn takes at the least: that of a commit. */
    private static final long TURN_NANOS_MIN = 1_000_000;

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

    /** Asks until it holds: the first in line without a pause, the others not before it can be their turn. */
    private CompletableFuture<Place> await(Place place) {
        if (place.position() == 0) {
            return CompletableFuture.completedFuture(place);
        }
        return lane.pause((place.position() - 1) * TURN_NANOS_MIN)
                .thenCompose(now -> lane.timed("ask", () -> locks.ask(lock, place.ticket())))
                .thenCompose(this::await);
    }
}
