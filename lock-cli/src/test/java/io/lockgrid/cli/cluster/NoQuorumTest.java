package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A leader that is alone says so in each family's words; it serves again as soon as one other is back. */
@Tag("cluster")
class NoQuorumTest {
    /** The promise is 5 s; a busy machine adds to it. */
    private static final Duration REFUSAL_MAX = Duration.ofMillis(6_500);

    /** So long that gRPC by itself would wait for ten more seconds before it tries a peer again. */
    private static final Duration OUTAGE = Duration.ofSeconds(17);

    private static final Duration RETURN_MAX = Duration.ofSeconds(40);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** A request of a family, and what the body of its 503 says. */
    private record Question(String method, String path, String body, String refusal) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "POST",
                    "/v1.0-alpha1/lock/fleet",
                    "{\"resourceId\":\"a\",\"lockOwner\":\"o\",\"expiryInSeconds\":60}",
                    "{\"errorCode\":\"ERR_TRY_LOCK\",\"message\":\"failed to try acquiring lock: "),
            new Question(
                    "POST",
                    "/v1.0-alpha1/unlock/fleet",
                    "{\"resourceId\":\"a\",\"lockOwner\":\"o\"}",
                    "{\"errorCode\":\"ERR_UNLOCK\",\"message\":\"failed to release lock: "),
            new Question(
                    "POST",
                    "/sfp/api/locks",
                    "{\"repository\":\"fleet\",\"resource\":\"b\",\"leaseDurationSeconds\":60}",
                    "{\"message\":\""),
            new Question("GET", "/sfp/api/locks/fleet/b", "", "{\"message\":\""),
            new Question("GET", "/sfp/api/locks/fleet/b/t1", "", "{\"message\":\""),
            new Question("POST", "/sfp/api/locks/fleet/b/t1/acquire", "", "{\"message\":\""),
            new Question("DELETE", "/sfp/api/locks/fleet/b/t1", "", "{\"message\":\""),
            new Question("DELETE", "/sfp/api/locks/fleet/b", "", "{\"message\":\""),
            new Question("GET", "/_plugins/_job_scheduler/api/locks", "", "{\"error\":{"),
            new Question("GET", "/_plugins/_job_scheduler/api/locks/fleet-a", "", "{\"error\":{"),
            new Question(
                    "POST",
                    "/_plugins/_job_scheduler/_lock",
                    "{\"job_index_name\":\"fleet\",\"job_id\":\"c\",\"lock_duration_seconds\":60}",
                    "{\"error\":{"),
            new Question("PUT", "/_plugins/_job_scheduler/_release_lock/fleet-c", "", "{\"error\":{"));

    @Test
    void nodeWithoutAMajorityRefusesAllAndServesAgainWithOne() {
        try (ProcessCluster cluster = Clusters.startThree(folder);
                GridHttp http = Clusters.http(cluster)) {
            int leader = cluster.awaitLeader(Clusters.START_MAX);
            List<Integer> others = others(cluster, leader);
            others.forEach(cluster::kill);
            long start = System.nanoTime();

            Duration slowest = refusals(http, cluster.httpUri(leader));
            assertThat(refusals(http, cluster.httpUri(leader))).isLessThan(REFUSAL_MAX);
            assertThat(slowest).isLessThan(REFUSAL_MAX);
            Reply ready = http.get(cluster.httpUri(leader), "/readyz");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).contains("no leader is known");
            assertThat(http.get(cluster.httpUri(leader), "/livez").status()).isEqualTo(200);

            Await.passed(OUTAGE.minusNanos(System.nanoTime() - start));
            cluster.start(others.getFirst());
            Duration back = Await.until(
                    () -> canLock(http, cluster.httpUri(leader)), RETURN_MAX, () -> "a majority does not serve");
            System.out.printf("no quorum: slowest refusal %s, serves %s after another was started%n", slowest, back);
        }
    }

    private static List<Integer> others(ProcessCluster cluster, int leader) {
        List<Integer> others = new ArrayList<>();
        for (int i = 1; i <= cluster.size(); i++) {
            if (i != leader) {
                others.add(i);
            }
        }
        return others;
    }

    /** Asks everything at once, and checks every refusal. Returns how long the slowest took. */
    private static Duration refusals(GridHttp http, URI node) {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Function<Question, Reply> ask =
                    question -> http.send(node, question.method(), question.path(), question.body());
            List<CompletableFuture<Reply>> replies = QUESTIONS.stream()
                    .map(question -> CompletableFuture.supplyAsync(() -> ask.apply(question), threads))
                    .toList();
            for (int i = 0; i < replies.size(); i++) {
                Reply reply = replies.get(i).join();
                assertThat(reply.status()).as("%s: %s", QUESTIONS.get(i), reply).isEqualTo(503);
                assertThat(reply.body()).startsWith(QUESTIONS.get(i).refusal());
                assertThatNoException().isThrownBy(() -> new JsonMapper().readTree(reply.body()));
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static boolean canLock(GridHttp http, URI node) {
        Question lock = QUESTIONS.getFirst();
        return http.send(node, lock.method(), lock.path(), lock.body()).status() == 200;
    }
}
