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

    /** From this place on a waiter asks again as soon as it has an answer. */
    private static final int NEAR = 2;

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
            return lane.timed("wait", () -> await(locks, lane, place, queued)).thenCompose(held -> {
                turns.granted(held.token(), sent, queued).ifPresent(nanos -> lane.record("hand-over", nanos));
                return release(locks, lane, held);
            });
        });
    }

    /** @param since when it was at that place or further back */
    private CompletableFuture<Place> await(SfpClient locks, Lane lane, Place place, long since) {
        if (place.position() == 0) {
            return CompletableFuture.completedFuture(place);
        }
        return lane.timed("ask", () -> locks.ask(lock, place.ticket())).thenCompose(now -> {
            int passed = place.position() - now.position();
            if (now.position() <= NEAR) {
                return await(locks, lane, now, System.nanoTime());
            }
            // Half of the time that the way to the front seems to take: few questions, and none too late.
            long perTurn = (System.nanoTime() - since) / Math.max(1, passed);
            var later = new CompletableFuture<Place>();
            lane.later(perTurn * (now.position() - NEAR) / 2, () -> later.complete(now));
            long asked = System.nanoTime();
            return later.thenCompose(same -> await(locks, lane, same, asked));
        });
    }

    private CompletableFuture<?> release(SfpClient locks, Lane lane, Place held) {
        turns.releasing(held.token());
        return lane.timed("release", () -> locks.release(lock, held.ticket()).thenApply(done -> held));
    }
}
