package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import io.lockgrid.testkit.workload.SfpClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A leader whose process stood still believes that it leads: it must not tell what has changed since. */
@Tag("cluster")
class PausedLeaderTest {
    private static final Duration TAKE_OVER_MAX = Duration.ofSeconds(30);
    private static final int ASKED_WHILE_PAUSED = 10;
    private static final int ASKED_AFTERWARDS = 100;
    private static final String LOCK = "lock";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void aLeaderThatWasPausedNeverAnswersFromThePast() {
        try (ProcessCluster cluster = Clusters.startThree(folder);
                GridHttp http = Clusters.http(cluster);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SfpClient client = new SfpClient(http, new History(System::nanoTime), "client", 600);
            Operation first = client.queue(LOCK, "first");
            Operation second = client.queue(LOCK, "second");
            assertThat(second.saysHeld()).isFalse();
            int leader = cluster.awaitLeader(Clusters.START_MAX);
            URI paused = cluster.httpUri(leader);
            URI running = cluster.httpUri(leader % cluster.size() + 1);

            cluster.pause(leader);
            Duration takeOver =
                    Await.until(() -> released(http, running, first.ticket()), TAKE_OVER_MAX, () -> "nobody took over");
            List<CompletableFuture<Reply>> asked = new ArrayList<>();
            for (int i = 0; i < ASKED_WHILE_PAUSED; i++) {
                // The system takes connection and request; the process finds them when it goes on.
                questions(http, paused, first.ticket(), second.ticket())
                        .forEach(question -> asked.add(CompletableFuture.supplyAsync(question, threads)));
            }
            Await.passed(Duration.ofSeconds(1));
            cluster.resume(leader);
            for (int i = 0; i < ASKED_AFTERWARDS; i++) {
                questions(http, paused, first.ticket(), second.ticket())
                        .forEach(question -> asked.add(CompletableFuture.supplyAsync(question, threads)));
                Await.passed(Duration.ofMillis(10));
            }
            long answered = asked.stream()
                    .filter(reply -> isOfToday(reply.join(), first.ticket()))
                    .count();
            assertThat(answered).isPositive();
            System.out.printf(
                    "paused leader: others served after %s; the old one answered %d of %d, and refused the rest%n",
                    takeOver, answered, asked.size());
        }
    }

    private static boolean released(GridHttp http, URI node, String ticket) {
        return http.send(node, "DELETE", SfpClient.path(LOCK, ticket), "").status() == 200;
    }

    /** Every kind of look at the lock, whose first ticket is over and whose second holds. */
    private static List<Supplier<Reply>> questions(GridHttp http, URI node, String first, String second) {
        return List.of(
                () -> http.get(node, SfpClient.path(LOCK, first)),
                () -> http.get(node, SfpClient.path(LOCK, second)),
                () -> http.send(node, "POST", SfpClient.path(LOCK, first) + "/acquire", ""),
                () -> http.send(node, "POST", SfpClient.path(LOCK, second) + "/acquire", ""));
    }

    /** Fails if an answer is from before the pause. Returns whether it is an answer at all. */
    private static boolean isOfToday(Reply reply, String first) {
        if (reply.isFailure()) {
            return false;
        }
        JsonNode json = reply.json();
        if (json.has("status")) {
            boolean isFirst = json.path("ticketId").asText().equals(first);
            assertThat(json.path("status").asText()).as("%s", reply).isEqualTo(isFirst ? "released" : "acquired");
        } else {
            boolean isOver = json.path("message").asText().equals("Lock request has ended: it was released");
            assertThat(isOver || json.path("acquired").booleanValue())
                    .as("%s", reply)
                    .isTrue();
        }
        return true;
    }
}
