package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.driver.Session;
import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.Grant;
import io.lockgrid.bench.wire.LockClient;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Each client has a lock of its own: it takes it and gives it back. */
final class Own implements Workload {
    private static final int LEASE_SECONDS = 30;

    private final Target target;
    private final UnaryOperator<String> name;

    Own(Target target) {
        this(target, UnaryOperator.identity());
    }

    /** @param name what a step that begins now is recorded as */
    Own(Target target, UnaryOperator<String> name) {
        this.target = target;
        this.name = name;
    }

    @Override
    public Session session(int client, Lane lane) {
        LockClient locks = target.client(client, lane);
        return new Session() {
            private int failures;

            @Override
            public CompletableFuture<?> cycle() {
                // After a failure the lock may still be held, so another one is used.
                String lock = target.lock("own-" + client + "-" + failures);
                return lane.timed(name.apply("acquire"), () -> locks.acquire(lock, "client-" + client, LEASE_SECONDS))
                        .thenCompose(grant -> release(grant))
                        .whenComplete((done, failure) -> failures += failure == null ? 0 : 1);
            }

            private CompletableFuture<?> release(Grant grant) {
                return lane.timed(
                        name.apply("release"), () -> locks.release(grant).thenApply(done -> grant));
            }
        };
    }
}
