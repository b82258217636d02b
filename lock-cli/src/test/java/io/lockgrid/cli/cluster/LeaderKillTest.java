package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.check.Checks;
import io.lockgrid.testkit.workload.DaprClient;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.Load;
import io.lockgrid.testkit.workload.Observer;
import io.lockgrid.testkit.workload.OpenSearchClient;
import io.lockgrid.testkit.workload.Outages;
import io.lockgrid.testkit.workload.Pace;
import io.lockgrid.testkit.workload.SfpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Clients of all three APIs share locks while the leader is killed again and again. */
@Tag("cluster")
class LeaderKillTest {
    private static final int KILLS = 5;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(10);
    private static final Duration DOWN = Duration.ofSeconds(3);
    private static final int LEASE_SECONDS = 8;
    private static final int SFP_CLIENTS = 12;
    private static final int DAPR_CLIENTS = 10;
    private static final int OPENSEARCH_CLIENTS = 10;
    private static final int GRANTS_MIN = 100;

    /** The promise is 3 s; a machine that is busy with other things takes longer. */
    private static final Duration GAP_MAX = Duration.ofSeconds(25);

    private static final List<String> LOCKS =
            IntStream.rangeClosed(1, 8).mapToObj(i -> "lock" + i).toList();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final History history = new History(System::nanoTime);
    private final Outages outages = new Outages();

    @Test
    void nothingThatWasAnsweredIsLostWhileLeadersDie() {
        try (ProcessCluster cluster = Clusters.startThree(folder);
                GridHttp http = Clusters.http(cluster);
                Load load = new Load()) {
            Observer observer = new Observer(http, history);
            start(load, http, observer);
            killLeaders(cluster, load);
            load.end();
            cluster.awaitReady(Clusters.START_MAX);
            Await.until(
                    () -> LOCKS.stream().filter(observer::isBusy).count() == 0,
                    Duration.ofSeconds(2 * LEASE_SECONDS),
                    () -> "a queue did not drain: " + history.listings().getLast());
            observer.recordEndings();
            print();
            assertThat(Checks.report(history)).isEmpty();
            assertThat(outages.longestGaps(history)).hasSize(KILLS).allMatch(gap -> gap.compareTo(GAP_MAX) < 0);
            assertThat(grantsByFamily())
                    .hasSize(3)
                    .allSatisfy(
                            (family, grants) -> assertThat(grants).as(family).isGreaterThan(GRANTS_MIN));
        }
    }

    private void start(Load load, GridHttp http, Observer observer) {
        for (int i = 1; i <= SFP_CLIENTS; i++) {
            load.start(new SfpClient(http, history, Integer.toString(i), LEASE_SECONDS), LOCKS);
        }
        for (int i = 1; i <= DAPR_CLIENTS; i++) {
            load.start(new DaprClient(http, history, Integer.toString(i), LEASE_SECONDS), LOCKS);
        }
        for (int i = 1; i <= OPENSEARCH_CLIENTS; i++) {
            load.start(new OpenSearchClient(http, history, Integer.toString(i), LEASE_SECONDS), LOCKS);
        }
        load.repeat(() -> {
            LOCKS.forEach(observer::isBusy);
            Pace.pause(200, 300);
        });
        DaprClient thief = new DaprClient(http, history, "thief", LEASE_SECONDS);
        load.start(
                lockName -> {
                    thief.unlock(lockName, "thief-" + System.nanoTime());
                    Pace.pause(50, 150);
                },
                LOCKS);
    }

    private void killLeaders(ProcessCluster cluster, Load load) {
        for (int i = 0; i < KILLS; i++) {
            Await.passed(BETWEEN_KILLS.minus(DOWN));
            load.check();
            int leader = cluster.awaitLeader(GAP_MAX);
            outages.begin();
            cluster.kill(leader);
            Await.passed(DOWN);
            cluster.start(leader);
        }
        Await.passed(BETWEEN_KILLS);
    }

    private Map<String, Long> grantsByFamily() {
        return history.claims().stream()
                .filter(claim -> claim.token() > 0)
                .collect(Collectors.groupingBy(
                        claim -> claim.operations().getFirst().family(), TreeMap::new, Collectors.counting()));
    }

    private void print() {
        Map<Operation.Outcome, Long> outcomes =
                history.operations().stream().collect(Collectors.groupingBy(Operation::outcome, Collectors.counting()));
        System.out.printf(
                "leader kills: operations %s, grants %s%n  longest time without an answer after each: %s%n"
                        + "  until the first grant that was asked for after it: %s%n",
                outcomes, grantsByFamily(), outages.longestGaps(history), outages.untilGrants(history));
    }
}
