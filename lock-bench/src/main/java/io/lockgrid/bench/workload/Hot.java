package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.driver.Session;
import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.SfpClient;
import java.util.List;
import java.util.Map;

/** All clients want one lock, and queue for it: each waits for its turn, and gives it back at once. */
final class Hot implements Workload {
    private static final double LEASE_SECONDS = 30;

    private final Target target;
    private final Turns turns = new Turns();

    Hot(Target target) {
        this.target = target;
    }

    @Override
    public Session session(int client, Lane lane) {
        var line = new Line(new SfpClient(target.connection(client, lane)), lane, target.lock("hot"), turns);
        return () -> line.queue(LEASE_SECONDS).thenCompose(line::take);
    }

    @Override
    public Map<String, Object> findings() {
        return Map.of("turns", turns.count());
    }

    @Override
    public List<String> complaints() {
        return turns.complaints();
    }
}
