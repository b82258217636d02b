package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.driver.Session;
import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.SfpClient;
import io.lockgrid.bench.wire.SfpClient.Place;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** All clients want one lock, and queue for it: each waits for its turn, and gives it back at once. */
final class Hot implements Workload {
    private static final int LEASE_SECONDS = 30;

    /** How long a turn takes at the least: that of a commit. */
    private static final long TURN_NANOS_MIN = 1_000_000;

    private final Target target;
    private final Turns turns = new Turns();
    private final String lock;

    Hot(Target target) {
        this.target = target;
        this.lock = target.lock("hot");
    }

    @Override
    public Session session(int client, Lane lane) {
        var locks = new SfpClient(target.connection(client, lane));
        return () -> cycle(locks, lane);
    }

    @Override
    public Map<String, Object> findings() {
        return turns.findings();
    }

    private CompletableFuture<?> cycle(SfpClient locks, Lane lane) {
        long sent = System.nanoTime();
        return lane.timed("queue", () -> locks.queue(lock, LEASE_SECONDS)).thenCompose(place -> {
            long queued = System.nanoTime();
            return lane.timed("wait", () -> await(locks, lane, place)).thenCompose(held -> {
                turns.granted(held.token(), sent, queued).ifPresent(nanos -> lane.record("hand-over", nanos));
                return release(locks, lane, held);
            });
        });
    }

    /** Asks until it holds: the first in line without a pause, the others not before it can be their turn. */
    private CompletableFuture<Place> await(SfpClient locks, Lane lane, Place place) {
        if (place.position() == 0) {
            return CompletableFuture.completedFuture(place);
        }
        var asked = new CompletableFuture<Void>();
        if (place.position() == 1) {
            asked.complete(null);
        } else {
            lane.later((place.position() - 1) * TURN_NANOS_MIN, () -> asked.complete(null));
        }
        return asked.thenCompose(now -> lane.timed("ask", () -> locks.ask(lock, place.ticket())))
                .thenCompose(now -> await(locks, lane, now));
    }

    private CompletableFuture<?> release(SfpClient locks, Lane lane, Place held) {
        turns.releasing(held.token());
        return lane.timed("release", () -> locks.release(lock, held.ticket()).thenApply(done -> held));
    }
}
