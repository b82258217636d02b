package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import io.lockgrid.testkit.workload.Load;
import io.lockgrid.testkit.workload.LockClient;
import io.lockgrid.testkit.workload.Pace;
import io.lockgrid.testkit.workload.SfpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** All nodes are killed at once under load; no lease ends meanwhile, so whatever was answered must be there again. */
@Tag("cluster")
class KillAllTest {
    private static final Duration LOAD = Duration.ofSeconds(5);
    private static final int CLIENTS_OF_A_KIND = 4;
    private static final int LEASE_SECONDS = 3_600;
    private static final int ANSWERS_MIN = 100;
    private static final int ASKED_AT_ONCE = 16;

    /** So few that the nodes come back from a snapshot and the log behind it. */
    private static final String[] OPTIONS = {"--snapshot-entries", "150"};

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** By holder, what was answered last. A holder whose last call had no answer is not in it. */
    private final Map<String, Answered> answered = new ConcurrentHashMap<>();

    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * What a client was told.
     *
     * @param position in the queue, 0 if it does not wait
     */
    private record Answered(String lockName, String ticket, String status, int position, long token) {}

    @Test
    void whatWasAnsweredIsThereAfterAllNodesWereKilled() {
        try (ProcessCluster cluster = Clusters.startThree(folder, OPTIONS);
                GridHttp http = Clusters.http(cluster);
                Load load = new Load()) {
            for (int i = 1; i <= CLIENTS_OF_A_KIND; i++) {
                String queue = "queue" + i;
                repeat(load, () -> holdForLong(http));
                repeat(load, () -> queueForLong(http, queue));
                repeat(load, () -> lockAndUnlock(http));
            }
            Await.passed(LOAD);
            load.check();
            cluster.killAll();
            load.end();
            assertThat(answered).hasSizeGreaterThan(ANSWERS_MIN);

            cluster.startAll();
            Duration ready = cluster.awaitReady(Clusters.START_MAX);
            System.out.printf("all killed: ready again after %s, %d answers to be kept%n", ready, answered.size());
            assertThat(lookAtAll(http)).containsExactlyInAnyOrderEntriesOf(answered);
            assertThat(newToken(http)).isGreaterThan(largestToken());
        }
    }

    private static void repeat(Load load, Runnable call) {
        load.repeat(() -> {
            call.run();
            Pace.pause(5, 25);
        });
    }

    private void holdForLong(GridHttp http) {
        String name = "held" + numbers.incrementAndGet();
        Reply reply = http.anyPost("/v1.0-alpha1/lock/" + LockClient.NAMESPACE, daprBody(name));
        if (!reply.isFailure()) {
            answered.put("dapr:" + name, new Answered(name, "", "acquired", 0, reply.token()));
        }
    }

    private void queueForLong(GridHttp http, String queue) {
        String requestor = "waiter" + numbers.incrementAndGet();
        Reply reply = http.anyPost(
                SfpClient.LOCKS,
                Map.of(
                        "repository", LockClient.NAMESPACE,
                        "resource", queue,
                        "leaseDurationSeconds", LEASE_SECONDS,
                        "requestedBy", requestor));
        if (!reply.isFailure()) {
            answered.put(requestor, answered(queue, reply.json()));
        }
    }

    private void lockAndUnlock(GridHttp http) {
        String name = "ended" + numbers.incrementAndGet();
        Reply locked = http.anyPost("/v1.0-alpha1/lock/" + LockClient.NAMESPACE, daprBody(name));
        if (locked.isFailure()) {
            return;
        }
        Reply unlocked = http.anyPost("/v1.0-alpha1/unlock/" + LockClient.NAMESPACE, daprBody(name));
        if (!unlocked.isFailure()) {
            assertThat(unlocked.json().path("status").intValue()).isZero();
            answered.put("dapr:" + name, new Answered(name, "", "released", 0, locked.token()));
        }
    }

    private static Map<String, ?> daprBody(String name) {
        return Map.of("resourceId", name, "lockOwner", name, "expiryInSeconds", LEASE_SECONDS);
    }

    /** What any node says of each holder now. */
    private Map<String, Answered> lookAtAll(GridHttp http) {
        Map<String, Answered> found = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(ASKED_AT_ONCE)) {
            answered.forEach((holder, told) ->
                    threads.execute(() -> found.put(holder, look(http, holder, told.lockName()))));
        }
        return found;
    }

    private static Answered look(GridHttp http, String holder, String lockName) {
        List<JsonNode> listed = http.any("GET", SfpClient.LOCKS + "/" + LockClient.NAMESPACE + "/" + lockName, "")
                .json()
                .valueStream()
                .filter(lock -> lock.path("requestedBy").asText().equals(holder))
                .toList();
        assertThat(listed).as("tickets of %s for %s", holder, lockName).hasSize(1);
        Answered found = answered(lockName, listed.getFirst());
        return holder.startsWith("dapr:")
                ? new Answered(lockName, "", found.status(), found.position(), found.token())
                : found;
    }

    private static Answered answered(String lockName, JsonNode lock) {
        return new Answered(
                lockName,
                lock.path("ticketId").asText(),
                lock.path("status").asText(),
                lock.path("queuePosition").asInt(),
                lock.path("fencingToken").asLong());
    }

    private static long newToken(GridHttp http) {
        Reply reply = http.anyPost("/v1.0-alpha1/lock/" + LockClient.NAMESPACE, daprBody("after"));
        assertThat(reply.json().path("success").booleanValue()).isTrue();
        return reply.token();
    }

    private long largestToken() {
        return answered.values().stream().mapToLong(Answered::token).max().orElseThrow();
    }
}
