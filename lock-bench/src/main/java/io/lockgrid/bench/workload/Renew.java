package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.driver.Session;
import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.Grant;
import io.lockgrid.bench.wire.OpenSearchClient;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Many locks are held, each client renews its share of them in turn. A cycle is one renewal. */
final class Renew implements Workload {
    private static final int LEASE_SECONDS = 600;

    private final Target target;

    Renew(Target target) {
        this.target = target;
    }

    @Override
    public Session session(int client, Lane lane) {
        var locks = new OpenSearchClient(target.connection(client, lane));
        return new Session() {
            private final Queue<Grant> held = new ArrayDeque<>();

            @Override
            public CompletableFuture<?> prepare() {
                return Steps.inTurn(
                        target.share(client, 0),
                        lock -> locks.acquire(lock, "client-" + client, LEASE_SECONDS)
                                .thenAccept(held::add));
            }

            @Override
            public boolean hasMore() {
                return !held.isEmpty();
            }

            @Override
            public CompletableFuture<?> cycle() {
                Grant oldest = held.remove();
                return locks.renew(oldest)
                        .whenComplete((renewed, failure) -> held.add(failure == null ? renewed : oldest));
            }

            @Override
            public CompletableFuture<?> finish() {
                return Steps.inTurn(held, locks::release);
            }
        };
    }
}
