package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.driver.Session;
import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.Grant;
import io.lockgrid.bench.wire.SfpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Each client holds a lock and reads its status, which is linearizable. A cycle is one read. */
final class Read implements Workload {
    private static final int LEASE_SECONDS = 600;

    private final Target target;

    Read(Target target) {
        this.target = target;
    }

    @Override
    public Session session(int client, Lane lane) {
        var locks = new SfpClient(target.connection(client, lane));
        return new Session() {
            private final List<Grant> held = new ArrayList<>();

            @Override
            public CompletableFuture<?> prepare() {
                return locks.acquire(target.lock("read-" + client), "", LEASE_SECONDS)
                        .thenAccept(held::add);
            }

            @Override
            public CompletableFuture<?> cycle() {
                Grant mine = held.getFirst();
                return locks.status(mine.lock(), mine.ticket());
            }

            @Override
            public CompletableFuture<?> finish() {
                return Steps.inTurn(held, locks::release);
            }
        };
    }
}
