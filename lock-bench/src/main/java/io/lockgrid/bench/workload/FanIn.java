package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.driver.Session;
import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.SfpClient;
import io.lockgrid.bench.wire.SfpClient.Place;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Many tickets are queued on one lock before it starts; then their clients wait for one after the other and release it,
 * until the line is empty. A cycle is one turn.
 */
final class FanIn implements Workload {
    private static final double LEASE_SECONDS = 600;

    private final Target target;
    private final String lock;
    private final Turns turns = new Turns();

    FanIn(Target target) {
        this.target = target;
        this.lock = target.lock("fanin");
    }

    @Override
    public Session session(int client, Lane lane) {
        var line = new Line(new SfpClient(target.connection(client, lane)), lane, lock, turns);
        int tickets = target.share(client, 0).size();
        return new Session() {
            private final Queue<Place> places = new ArrayDeque<>();

            @Override
            public CompletableFuture<?> prepare() {
                return Steps.inTurn(
                        Collections.nCopies(tickets, LEASE_SECONDS),
                        lease -> line.queue(lease).thenAccept(places::add));
            }

            @Override
            public boolean hasMore() {
                return !places.isEmpty();
            }

            @Override
            public CompletableFuture<?> cycle() {
                return line.take(places.remove());
            }
        };
    }

    @Override
    public Map<String, Object> findings() {
        return Map.of("turns", turns.count(), "turnsPerSecondByTenth", turns.ratesByTenth());
    }

    @Override
    public List<String> complaints() {
        return turns.complaints();
    }
}
