package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.answer;
import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.read;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.SubmitException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up makes a node refuse commands in time, and nothing else. */
@Tag("grid")
class DiskWatchTest {
    private static final long MB = 1024 * 1024;
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final AtomicLong free = new AtomicLong(1_000 * MB);
    private final List<String> done = new ArrayList<>();
    private final DiskWatch watch =
            new DiskWatch(free::get, () -> 100 * MB, () -> done.add("room"), () -> done.add("hand over"));

    @Test
    void commandsAreTakenWhileThereIsRoom() throws Exception {
        free.set(100 * MB);
        watch.look();
        assertThat(watch.complaint()).isEmpty();
        assertThat(done).isEmpty();
    }

    @Test
    void logIsShortenedFirst() throws Exception {
        var shortened = new DiskWatch(free::get, () -> 100 * MB, () -> free.set(200 * MB), () -> done.add("hand over"));
        free.set(99 * MB);
        shortened.look();
        assertThat(shortened.complaint()).isEmpty();
        assertThat(done).isEmpty();
    }

    @Test
    void leadershipIsHandedOverOnceIfThatIsNotEnough() throws Exception {
        free.set(99 * MB);
        watch.look();
        watch.look();
        assertThat(watch.complaint()).contains("99 MB are free", "needs 125 MB");
        assertThat(done).containsExactly("room", "hand over");
    }

    @Test
    void commandsAreTakenAgainWhenThereIsAQuarterMore() throws Exception {
        free.set(99 * MB);
        watch.look();
        free.set(124 * MB);
        watch.look();
        assertThat(watch.complaint()).contains("124 MB are free");
        free.set(125 * MB);
        watch.look();
        assertThat(watch.complaint()).isEmpty();
    }

    @Test
    void unknownRoomChangesNothing() throws Exception {
        var broken = new DiskWatch(
                () -> {
                    throw new IOException("no such device");
                },
                () -> 100 * MB,
                () -> done.add("room"),
                () -> done.add("hand over"));
        assertThatThrownBy(broken::look).isInstanceOf(IOException.class);
        assertThat(broken.complaint()).isEmpty();
        assertThat(done).isEmpty();
    }

    @Test
    void leaderOnAFullDiskHandsOverAndTheOthersServe() throws Exception {
        try (TestGrid grid = TestGrid.of(3, folder, 100_000)) {
            Map<String, AtomicLong> disks = new HashMap<>();
            for (PeerList.Peer peer : grid.peers().peers()) {
                AtomicLong disk = new AtomicLong(1_000 * MB);
                disks.put(peer.id(), disk);
                grid.disk(peer.id(), disk::get);
            }
            grid.startAll();
            grid.awaitLeader();
            String leader = grid.node("n1").locks().status().leader().orElseThrow();
            LockService full = grid.node(leader).locks();
            LockService other = grid.node(leader.equals("n1") ? "n2" : "n1").locks();
            AtomicLong disk = disks.get(leader);
            assertThat(outcome(full, tryAcquire("db", "before", HOUR))).isInstanceOf(Outcome.Granted.class);

            disk.set(MB);
            await("the complaint", () -> !full.status().ready());

            assertThat(full.status().notReady()).contains("the disk of this node is nearly full: 1 MB are free");
            assertThatThrownBy(() -> answer(full, tryAcquire("db2", "during", HOUR)))
                    .hasRootCauseInstanceOf(SubmitException.NotSent.class)
                    .rootCause()
                    .hasMessageContaining("nearly full");
            assertThat(overHttp(grid.node(leader))).satisfies(answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("nearly full", "it is safe to try again");
            });
            await(
                    "another leader",
                    () -> !other.status().leader().orElse(leader).equals(leader));
            assertThat(outcome(other, tryAcquire("db3", "elsewhere", HOUR))).isInstanceOf(Outcome.Granted.class);
            assertThat(read(full).space().heldCount()).isEqualTo(2);
            assertThat(snapshots(leader)).isNotEmpty();

            disk.set(1_000 * MB);
            await("room again", () -> full.status().ready());
            assertThat(outcome(full, tryAcquire("db2", "after", HOUR))).isInstanceOf(Outcome.Granted.class);
            assertThat(grid.fatal).isEmpty();
        }
    }

    private static HttpResponse<String> overHttp(LockNode node) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + node.httpPort() + "/v1.0-alpha1/lock/demo");
        String body = "{\"resourceId\":\"db4\",\"lockOwner\":\"me\",\"expiryInSeconds\":60}";
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(uri)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private List<Path> snapshots(String id) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(id))) {
            return files.filter(file -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+"))
                    .toList();
        }
    }
}
