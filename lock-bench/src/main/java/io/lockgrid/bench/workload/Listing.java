package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.driver.Session;
import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.CallFailedException;
import io.lockgrid.bench.wire.Grant;
import io.lockgrid.bench.wire.OpenSearchClient;
import io.lockgrid.bench.wire.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many locks are held; the first client lists them all, again and again, while the others do as those of {@link Own}.
 */
final class Listing implements Workload {
    private static final Pattern TOTAL = Pattern.compile("\"total_locks\":(\\d+)");

    private static final int LEASE_SECONDS = 600;

    private final Target target;
    private final Own own;
    private volatile long bytes;
    private volatile long fewestLocks = Long.MAX_VALUE;

    Listing(Target target) {
        this.target = target;
        this.own = new Own(target);
    }

    @Override
    public Session session(int client, Lane lane) {
        return client == 0 ? lister(lane) : new Holding(own.session(client, lane), client, lane);
    }

    @Override
    public Map<String, Object> findings() {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("listedBytes", bytes);
        found.put("listedLocksMin", fewestLocks);
        return found;
    }

    private Session lister(Lane lane) {
        var locks = new OpenSearchClient(target.connection(0, lane));
        return new Session() {
            @Override
            public String cycleName() {
                return "list";
            }

            @Override
            public CompletableFuture<?> cycle() {
                long begin = System.nanoTime();
                return locks.list().thenAccept(answer -> {
                    lane.record("list: first byte", answer.headNanos() - begin);
                    check(answer);
                });
            }
        };
    }

    private void check(Response answer) {
        int length = answer.body().length;
        bytes = length;
        // The last member of a long list, the first of a short one.
        int ends = Math.min(64, length);
        Matcher found = TOTAL.matcher(new String(answer.body(), 0, ends, StandardCharsets.UTF_8)
                + new String(answer.body(), length - ends, ends, StandardCharsets.UTF_8));
        if (!found.find()) {
            throw new CallFailedException("list: no total_locks");
        }
        long total = Long.parseLong(found.group(1));
        fewestLocks = Math.min(fewestLocks, total);
        if (total < target.locks()) {
            throw new CallFailedException("list: locks are missing");
        }
    }

    /** A client that holds its share of the locks beside what it does. */
    private final class Holding implements Session {
        private final Session other;
        private final int client;
        private final OpenSearchClient locks;
        private final List<Grant> held = new ArrayList<>();

        Holding(Session other, int client, Lane lane) {
            this.other = other;
            this.client = client;
            this.locks = new OpenSearchClient(target.connection(client, lane));
        }

        @Override
        public CompletableFuture<?> prepare() {
            return Steps.inTurn(
                    target.share(client, 1),
                    lock -> locks.acquire(lock, "", LEASE_SECONDS).thenAccept(held::add));
        }

        @Override
        public CompletableFuture<?> cycle() {
            return other.cycle();
        }

        @Override
        public CompletableFuture<?> finish() {
            return Steps.inTurn(held, locks::release);
        }
    }
}
