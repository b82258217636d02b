package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.cluster.Launch;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.cluster.Proxies;
import io.lockgrid.testkit.fault.ClientGate;
import io.lockgrid.testkit.fault.Equipment;
import io.lockgrid.testkit.fault.Fault;
import io.lockgrid.testkit.fault.FaultContext;
import io.lockgrid.testkit.fault.Faults;
import io.lockgrid.testkit.fault.Injected;
import io.lockgrid.testkit.fault.Need;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.workload.DaprClient;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.Load;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Each fault does to real nodes what it says, and healing undoes it. The one that costs a node comes last. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {
    private static final Set<Need> NEEDS = Set.of(Need.AGENT, Need.SHORT_LOG, Need.CLOCKS);
    private static final String[] OPTIONS = {"--snapshot-entries", "50", "--log-kept-entries", "0"};
    private static final int LEASE_SECONDS = 60;
    private static final int TRIES_MAX = 200;
    private static final int CLIENTS = 8;
    private static final int KILLED = 137;
    /** As a node ends that could no longer keep its promises. */
    private static final int FATAL = 70;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static final History HISTORY = new History(System::nanoTime);
    private static final List<String> SAID = new ArrayList<>();
    private static ProcessCluster cluster;
    private static Proxies proxies;
    private static GridHttp http;
    private static DaprClient client;
    private static FaultContext context;

    @BeforeAll
    static void start() {
        cluster = new ProcessCluster(
                Clusters.distribution(),
                folder,
                3,
                i -> Launch.with(OPTIONS).and(Equipment.of(NEEDS, folder, folder.resolve("n" + i))));
        cluster.startAll();
        cluster.awaitReady(Clusters.START_MAX);
        proxies = new Proxies(cluster, 1);
        http = Clusters.http(cluster);
        client = new DaprClient(http, HISTORY, "direct", LEASE_SECONDS);
        context = new FaultContext(cluster, proxies, new ClientGate(), new Random(1), SAID::add);
    }

    @AfterAll
    static void end() {
        http.close();
        proxies.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void pausedNodeDoesNotAnswerAndDoesAfterwards() {
        Fault pause = Faults.named("pause-minority");
        pause.inject(context);
        int paused = only(cluster::isPaused);
        assertThat(cluster.isReady(paused)).isFalse();
        assertThat(cluster.isRunning(paused)).isTrue();
        pause.heal(context);
        assertThat(cluster.isReady(paused)).isTrue();
        assertThat(last().nodes()).containsExactly(paused);
        assertThat(last().majorityUp()).isTrue();
    }

    @Test
    @Order(2)
    void lockOfALostReplyIsTaken() {
        List<URI> throughProxies =
                IntStream.rangeClosed(1, 3).mapToObj(proxies::httpUri).toList();
        Fault lost = Faults.named("lost-replies");
        lost.inject(context);
        try (GridHttp lossy = new GridHttp(throughProxies)) {
            DaprClient unheard = new DaprClient(lossy, HISTORY, "unheard", LEASE_SECONDS);
            Operation claim = IntStream.range(0, TRIES_MAX)
                    .mapToObj(i -> unheard.lock("lost" + i, "owner"))
                    .filter(each -> each.outcome() == Outcome.UNKNOWN)
                    .findFirst()
                    .orElseThrow();
            String name = claim.lock().substring(claim.lock().indexOf('/') + 1);
            assertThat(client.unlock(name, "another").outcome()).isEqualTo(Outcome.FAIL);
            assertThat(client.unlock(name, "owner").outcome()).isEqualTo(Outcome.OK);
            lost.heal(context);
            assertThat(unheard.lock(name, "owner").outcome()).isEqualTo(Outcome.OK);
        }
    }

    @Test
    @Order(3)
    void clockJumpIsSeenInTheWallTimeAndEndsNoLease() {
        assertThat(client.lock("kept", "keeper").outcome()).isEqualTo(Outcome.OK);
        assertThat(secondsOff("before")).isBetween(-5L, 5L);
        Fault jump = Faults.named("clock-jump");
        jump.inject(context);
        long off = secondsOff("jumped");
        assertThat(client.unlock("kept", "keeper").outcome()).isEqualTo(Outcome.OK);
        jump.heal(context);
        assertThat(Math.abs(off)).isGreaterThan(600);
        assertThat(secondsOff("after")).isBetween(-5L, 5L);
    }

    /** How far the time of a grant, which a node puts down for people, is off this machine's. */
    private static long secondsOff(String job) {
        long told = http.anyPost(
                        "/_plugins/_job_scheduler/_lock",
                        Map.of("job_index_name", "jobs", "job_id", job, "lock_duration_seconds", LEASE_SECONDS))
                .json()
                .path("lock_model")
                .path("lock_time")
                .asLong();
        return told - TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    }

    @Test
    @Order(4)
    void killedMajorityComesBackAndIsReportedAsNone() {
        Fault kill = Faults.named("kill-majority");
        kill.inject(context);
        assertThat(IntStream.rangeClosed(1, 3).filter(cluster::isRunning)).hasSize(1);
        kill.heal(context);
        assertThat(IntStream.rangeClosed(1, 3)).allMatch(cluster::isReady);
        assertThat(last().majorityUp()).isFalse();
        assertThat(last().toNanos()).isGreaterThan(last().fromNanos());
    }

    @Test
    @Order(5)
    void crashAfterTheInstallOfASnapshotEndsANodeThatWasAway() {
        assertEndsUnderLoad("crash-after-snapshot-install", KILLED);
    }

    @Test
    @Order(6)
    void fullDiskEndsTheNodeThatCannotWriteItsLog() {
        assertEndsUnderLoad("disk-full", FATAL);
    }

    private static void assertEndsUnderLoad(String name, int exitCode) {
        Fault fault = Faults.named(name);
        try (Load load = new Load()) {
            IntStream.rangeClosed(1, CLIENTS)
                    .mapToObj(i -> new DaprClient(http, HISTORY, name + i, LEASE_SECONDS))
                    .forEach(each -> load.start(each, List.of("a", "b", "c", "d")));
            fault.inject(context);
            int ended = only(i -> !cluster.isRunning(i));
            assertThat(cluster.node(ended).awaitEnd()).isEqualTo(exitCode);
            fault.heal(context);
            load.end();
            assertThat(last().nodes()).containsExactly(ended);
        }
        assertThat(IntStream.rangeClosed(1, 3)).allMatch(cluster::isReady);
    }

    @Test
    @Order(7)
    void tornLogIsRepairedAndTheNodeServesAgain() {
        Fault torn = Faults.named("torn-log");
        torn.inject(context);
        torn.heal(context);
        assertThat(SAID).anyMatch(line -> line.startsWith("tore entry"));
        assertThat(SAID).anyMatch(line -> line.startsWith("repair of n") && line.contains("Cut "));
        assertThat(context.gone()).isEmpty();
        assertThat(IntStream.rangeClosed(1, 3)).allMatch(cluster::isReady);
    }

    @Test
    @Order(8)
    void nodeWithAFlippedByteInItsLogStaysAwayAndNoOtherIsDamaged() {
        Fault flipped = Faults.named("flipped-log");
        flipped.inject(context);
        int damaged = only(i -> !cluster.isRunning(i));
        flipped.heal(context);
        assertThat(context.gone()).containsExactly(damaged);
        assertThat(cluster.lastWords(damaged)).contains("damaged");

        flipped.inject(context);
        flipped.heal(context);
        assertThat(context.gone()).containsExactly(damaged);
        assertThat(client.lock("two", "are enough").outcome()).isEqualTo(Outcome.OK);
    }

    private static int only(IntPredicate nodes) {
        return IntStream.rangeClosed(1, 3)
                .filter(i -> !context.gone().contains(i))
                .filter(nodes)
                .reduce((one, other) -> {
                    throw new AssertionError("both " + one + " and " + other);
                })
                .orElseThrow();
    }

    private static Injected last() {
        return context.injected().getLast();
    }
}
