package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.agent.Action;
import io.lockgrid.testkit.agent.AgentJar;
import io.lockgrid.testkit.agent.Point;
import io.lockgrid.testkit.agent.TestHooks;
import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.Launch;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.workload.DaprClient;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.LockClient;
import io.lockgrid.testkit.workload.SfpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that ends at the worst moments comes back, and nothing that was answered is lost. */
@Tag("cluster")
class CrashPointTest {
    private static final Duration CRASH_MAX = Duration.ofSeconds(20);
    private static final int ASKED_AT_ONCE = 16;
    private static final int KILLED = 137;
    /** As {@code FatalHandler} ends a node whose log failed. */
    private static final int FATAL = 70;

    private static final int LEASE_SECONDS = 3_600;
    private static final int SNAPSHOT_ENTRIES = 20;
    /** So many that the others have thrown away what a node missed that was away meanwhile. */
    private static final int ENTRIES_AWAY = 250;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static ProcessCluster cluster;
    private static GridHttp http;
    private static DaprClient client;

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** The token of each lock that was answered to be held. */
    private final Map<String, Long> held = new HashMap<>();

    @BeforeAll
    static void start() {
        Path jar = AgentJar.pack(folder.resolve("agent"));
        cluster = new ProcessCluster(Clusters.distribution(), folder, 3, i -> {
            String agent = AgentJar.option(jar, TestHooks.folder(folder.resolve("n" + i)), AgentJar.SHORT_LOG);
            List<String> options =
                    List.of("--snapshot-entries", Integer.toString(SNAPSHOT_ENTRIES), "--log-kept-entries", "0");
            return new Launch(List.of(agent), Map.of(), options);
        });
        cluster.startAll();
        cluster.awaitReady(Clusters.START_MAX);
        http = Clusters.http(cluster);
        client = new DaprClient(http, new History(System::nanoTime), "client", LEASE_SECONDS);
    }

    @AfterAll
    static void end() {
        http.close();
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BEFORE_SNAPSHOT_INSTALL", "DURING_SNAPSHOT_INSTALL", "AFTER_SNAPSHOT_INSTALL"})
    void aLeaderThatCrashesComesBackWithAllThatWasAnswered(Point point) {
        int leader = cluster.awaitLeader(Clusters.START_MAX);
        TestHooks.arm(cluster.data(leader), point, Action.CRASH);

        lockUntilEnded(leader);

        assertThat(cluster.node(leader).awaitEnd()).isEqualTo(KILLED);
        assertThat(TestHooks.isArmed(cluster.data(leader), point)).isFalse();
        assertComesBack(leader);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_SNAPSHOT_INSTALL", "DURING_SNAPSHOT_INSTALL", "AFTER_SNAPSHOT_INSTALL"})
    void aNodeThatCrashesWhileItIsSentASnapshotComesBackWithAllThatWasAnswered(Point point) {
        int away = cluster.awaitLeader(Clusters.START_MAX) % cluster.size() + 1;
        cluster.kill(away);
        for (int i = 0; i < ENTRIES_AWAY; i++) {
            lock();
        }
        TestHooks.arm(cluster.data(away), point, Action.CRASH);
        cluster.start(away);

        assertThat(cluster.node(away).awaitEnd()).isEqualTo(KILLED);
        assertThat(TestHooks.isArmed(cluster.data(away), point)).isFalse();
        assertComesBack(away);
    }

    @Test
    void aNodeWhoseDiskIsFullUnderItsLogEndsAndSaysWhy() throws IOException {
        int leader = cluster.awaitLeader(Clusters.START_MAX);
        TestHooks.arm(cluster.data(leader), Point.BEFORE_LOG_SYNC, Action.FAIL_NO_SPACE);

        lockUntilEnded(leader);

        assertThat(cluster.node(leader).awaitEnd()).isEqualTo(FATAL);
        assertThat(Files.readString(cluster.node(leader).err()))
                .contains("the log cannot be written", "No space left on device");
        assertComesBack(leader);
    }

    /** The older snapshot and the log are there still, so nothing needs to end. */
    @Test
    void aNodeWhoseDiskIsFullUnderASnapshotGoesOnAndTriesAgain() {
        int leader = cluster.awaitLeader(Clusters.START_MAX);
        Path data = cluster.data(leader);
        TestHooks.arm(data, Point.BEFORE_SNAPSHOT_SAVE, Action.FAIL_NO_SPACE);

        lockUntil(() -> !TestHooks.isArmed(data, Point.BEFORE_SNAPSHOT_SAVE));
        TestHooks.arm(data, Point.AFTER_SNAPSHOT_SAVE, Action.CRASH);
        lockUntilEnded(leader);

        assertThat(cluster.node(leader).awaitEnd()).isEqualTo(KILLED);
        assertComesBack(leader);
    }

    @Test
    void aSlowDiskSlowsTheGridDownAndNoMore() {
        int leader = cluster.awaitLeader(Clusters.START_MAX);
        TestHooks.arm(cluster.data(leader), Point.BEFORE_LOG_SYNC, Action.SLOW);
        for (int i = 0; i < 5; i++) {
            lock();
        }
        assertThat(TestHooks.isArmed(cluster.data(leader), Point.BEFORE_LOG_SYNC))
                .isTrue();
        TestHooks.disarm(cluster.data(leader));

        assertThat(cluster.isRunning(leader)).isTrue();
        assertHeld(leader);
    }

    private void lockUntilEnded(int node) {
        lockUntil(() -> !cluster.isRunning(node));
    }

    private void lockUntil(BooleanSupplier end) {
        Await.until(
                () -> {
                    lock();
                    return end.getAsBoolean();
                },
                CRASH_MAX,
                () -> "what was armed did not happen");
    }

    private void lock() {
        String name = "lock" + NAMES.incrementAndGet();
        Operation locked = client.lock(name, name);
        if (locked.saysHeld()) {
            held.put(name, locked.token());
        }
    }

    /** It does not crash once more where it did, and knows all. */
    private void assertComesBack(int node) {
        cluster.start(node);
        cluster.awaitReady(Clusters.START_MAX);
        for (int i = 0; i < SNAPSHOT_ENTRIES; i++) {
            lock();
        }
        assertThat(cluster.isRunning(node)).isTrue();
        assertHeld(node);
    }

    /** As this very node sees it, which has applied all by then. */
    private void assertHeld(int node) {
        Map<String, Long> seen = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(ASKED_AT_ONCE)) {
            held.keySet().forEach(name -> threads.execute(() -> seen.put(name, token(node, name))));
        }
        assertThat(seen).isEqualTo(held);
    }

    private static long token(int node, String name) {
        return http.get(cluster.httpUri(node), SfpClient.LOCKS + "/" + LockClient.NAMESPACE + "/" + name)
                .json()
                .path(0)
                .path("fencingToken")
                .asLong();
    }
}
