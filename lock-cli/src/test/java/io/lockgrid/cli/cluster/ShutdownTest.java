package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.history.check.Checks;
import io.lockgrid.testkit.workload.DaprClient;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import io.lockgrid.testkit.workload.Load;
import io.lockgrid.testkit.workload.LockClient;
import io.lockgrid.testkit.workload.Observer;
import io.lockgrid.testkit.workload.Outages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A leader that is told to stop hands over, loses nothing and ends with 0; the clients hardly notice. */
@Tag("cluster")
class ShutdownTest {
    private static final Duration STOP_MAX = Duration.ofSeconds(25);
    private static final Duration GAP_MAX = Duration.ofSeconds(20);
    private static final int CLIENTS = 6;
    private static final int LEASE_SECONDS = 30;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final History history = new History(System::nanoTime);
    private final Outages outages = new Outages();

    @Test
    void aLeaderThatIsToldToStopHandsOver() {
        try (ProcessCluster cluster = Clusters.startThree(folder);
                GridHttp http = Clusters.http(cluster);
                Load load = new Load()) {
            DaprClient keeper = new DaprClient(http, history, "keeper", 600);
            Operation kept = keeper.lock("kept", "keeper");
            int leader = cluster.awaitLeader(Clusters.START_MAX);
            for (int i = 1; i <= CLIENTS; i++) {
                load.start(new DaprClient(http, history, Integer.toString(i), LEASE_SECONDS), List.of("lock" + i));
            }
            Await.passed(Duration.ofSeconds(2));
            outages.begin();
            long start = System.nanoTime();
            int exitCode = cluster.stop(leader);
            Duration stopped = Duration.ofNanos(System.nanoTime() - start);
            Await.passed(Duration.ofSeconds(1));
            cluster.start(leader);
            Duration ready = cluster.awaitReady(leader, Clusters.START_MAX);
            load.end();
            System.out.printf(
                    "shutdown of the leader: %s, longest time without an answer %s, ready again after %s%n",
                    stopped, outages.longestGaps(history), ready);
            assertThat(exitCode).as(cluster.node(leader).lastWords()).isZero();
            assertThat(stopped).isLessThan(STOP_MAX);
            assertThat(outages.longestGaps(history)).allMatch(gap -> gap.compareTo(GAP_MAX) < 0);
            checkNothingIsLost(http, cluster, leader, keeper, kept);
        }
    }

    private void checkNothingIsLost(
            GridHttp http, ProcessCluster cluster, int restarted, DaprClient keeper, Operation kept) {
        assertThat(kept.outcome()).isEqualTo(Outcome.OK);
        Reply list = http.get(cluster.httpUri(restarted), "/sfp/api/locks/fleet/kept");
        assertThat(list.body()).contains("\"status\":\"acquired\"", "\"fencingToken\":" + kept.token());
        assertThat(keeper.unlock("kept", "keeper").outcome()).isEqualTo(Outcome.OK);
        assertThat(history.operations().stream()
                        .filter(op -> op.outcome() == Outcome.FAIL && op.action() == Action.CLAIM))
                .as("each client has a lock of its own, and gives it back")
                .isEmpty();
        Observer observer = new Observer(http, history);
        assertThat(history.claims().stream().map(LockClient::nameOf).distinct().filter(observer::isBusy))
                .isEmpty();
        assertThat(Checks.report(history)).isEmpty();
    }
}
