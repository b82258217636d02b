package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.driver.Session;
import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.CallFailedException;
import io.lockgrid.bench.wire.GridStatus;
import io.lockgrid.bench.wire.SfpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Many leases, taken one after the other, that are all due at one moment; the first client watches how they end, while
 * the others do as those of {@link Own}. It is over a few seconds after the last lease ended.
 */
final class Expiry implements Workload {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** So much of the run is before the leases are due, and so much after they ended. */
    private static final long MARGIN_NANOS = 3 * SECOND_NANOS;

    /** Locks that each client takes to see how fast that goes. */
    private static final int PROBES = 20;

    private final Target target;
    private final Own own;
    private final long begin = System.nanoTime();
    private volatile long dueNanos = Long.MAX_VALUE;
    private volatile long endedNanos = Long.MAX_VALUE;
    private volatile long heldBefore = Long.MAX_VALUE;

    Expiry(Target target) {
        this.target = target;
        this.own = new Own(target, step -> isEnding() ? step + " (expiry)" : step);
    }

    @Override
    public Session session(int client, Lane lane) {
        return client == 0 ? new Watcher(lane) : new Holding(own.session(client, lane), client, lane);
    }

    @Override
    public Map<String, Object> findings() {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("leases", target.locks());
        found.put("heldBeforeTheyWereDue", heldBefore);
        if (endedNanos != Long.MAX_VALUE) {
            found.put("endedAfterSeconds", (endedNanos - dueNanos) / 1e9);
        }
        return found;
    }

    @Override
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (endedNanos == Long.MAX_VALUE) {
            complaints.add("not all leases were seen to end");
        }
        if (heldBefore < target.locks()) {
            complaints.add("leases ended before they were due");
        }
        return complaints;
    }

    private boolean isEnding() {
        long now = System.nanoTime();
        return now >= dueNanos && now <= endedNanos;
    }

    private boolean isOver() {
        return endedNanos != Long.MAX_VALUE && System.nanoTime() - endedNanos > MARGIN_NANOS;
    }

    /** Says when all shall be due, once it has been seen how long a step takes: late enough to take all locks first. */
    private synchronized void decideWhen() {
        if (dueNanos == Long.MAX_VALUE) {
            long now = System.nanoTime();
            long perLock = (now - begin) / (2L * PROBES * (target.clients() - 1));
            dueNanos = now + 2 * perLock * target.locks() + MARGIN_NANOS + SECOND_NANOS;
        }
    }

    /** Looks how many locks are held. */
    private final class Watcher implements Session {
        private final Lane lane;
        private final GridStatus grid;
        private long heldByOthers;

        Watcher(Lane lane) {
            this.lane = lane;
            this.grid = new GridStatus(target.connection(0, lane));
        }

        @Override
        public CompletableFuture<?> prepare() {
            return grid.locksHeld().thenAccept(held -> heldByOthers = held);
        }

        @Override
        public String cycleName() {
            return "watch";
        }

        @Override
        public boolean hasMore() {
            return !isOver();
        }

        @Override
        public CompletableFuture<?> cycle() {
            return grid.locksHeld().thenCompose(held -> {
                long now = System.nanoTime();
                if (now < dueNanos) {
                    heldBefore = held;
                } else if (endedNanos == Long.MAX_VALUE && held <= heldByOthers + target.clients()) {
                    endedNanos = now;
                }
                return lane.pause(ASK_AGAIN_NANOS);
            });
        }
    }

    /** A client that took its share of the leases, and does something else when they end. */
    private final class Holding implements Session {
        private final Session other;
        private final int client;
        private final Lane lane;
        private final SfpClient locks;

        Holding(Session other, int client, Lane lane) {
            this.other = other;
            this.client = client;
            this.lane = lane;
            this.locks = new SfpClient(target.connection(client, lane));
        }

        @Override
        public CompletableFuture<?> prepare() {
            return Steps.inTurn(Collections.nCopies(PROBES, 0), probe -> other.cycle())
                    .thenCompose(seen -> {
                        decideWhen();
                        return Steps.inTurn(target.share(client, 1), this::take);
                    })
                    .thenCompose(taken -> lane.pause(dueNanos - MARGIN_NANOS - System.nanoTime()));
        }

        private CompletableFuture<?> take(String lock) {
            double seconds = (dueNanos - System.nanoTime()) / 1e9;
            if (seconds < 1) {
                throw new CallFailedException("the leases could not be taken before they are due: use fewer --locks");
            }
            return locks.queue(lock, Math.ceil(seconds * 1e3) / 1e3);
        }

        @Override
        public boolean hasMore() {
            return !isOver();
        }

        @Override
        public CompletableFuture<?> cycle() {
            return other.cycle();
        }
    }
}
