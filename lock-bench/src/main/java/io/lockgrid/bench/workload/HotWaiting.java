package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.driver.Session;
import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.LockClient;
import java.util.concurrent.atomic.AtomicLong;

/** All clients want one lock by a call that waits until it is theirs: each gives it back at once. */
final class HotWaiting implements Workload {
    private static final int LEASE_SECONDS = 30;

    private final Target target;
    private final String lock;

    /** When the last holder sent its release, by {@link System#nanoTime}; 0 before there was one. */
    private final AtomicLong releasedNanos = new AtomicLong();

    HotWaiting(Target target) {
        this.target = target;
        this.lock = target.lock("hot");
    }

    @Override
    public Session session(int client, Lane lane) {
        LockClient locks = target.client(client, lane);
        return () -> lane.timed("wait", () -> locks.acquire(lock, "client-" + client, LEASE_SECONDS))
                .thenCompose(grant -> {
                    long released = releasedNanos.get();
                    if (released != 0) {
                        lane.record("hand-over", System.nanoTime() - released);
                    }
                    return lane.timed("release", () -> {
                        releasedNanos.set(System.nanoTime());
                        return locks.release(grant).thenApply(done -> grant);
                    });
                });
    }
}
