package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.cluster.FinishedCommand;
import io.lockgrid.testkit.cluster.NodeProcess;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.workload.DaprClient;
import io.lockgrid.testkit.workload.GridHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot start says in one line what is wrong, why, and what to do, and nothing of it goes on running. */
@Tag("cluster")
class BadStartTest {
    private static final Duration END_MAX = Duration.ofSeconds(40);
    private static final int LOCKS = 30;

    /** What a node leaves behind that was killed: a snapshot, closed log segments, an open one. */
    private static Path left;

    /** How that node was started. */
    private static List<String> command;

    @TempDir
    Path folder;

    @BeforeAll
    static void leaveData(@TempDir Path shared) throws IOException {
        try (ProcessCluster cluster = new ProcessCluster(Clusters.distribution(), shared, 1);
                GridHttp http = Clusters.http(cluster)) {
            NodeProcess node = cluster.node(1);
            cluster.startAll();
            cluster.awaitReady(Clusters.START_MAX);
            takeLocks(http, "first");
            assertThat(node.stop()).isZero();
            cluster.startAll();
            cluster.awaitReady(Clusters.START_MAX);
            takeLocks(http, "second");
            node.kill();
            left = Files.createDirectory(shared.resolve("left"));
            copy(node.data(), left);
            command = node.command();
        }
    }

    @Test
    void httpPortThatIsTakenIsRefused() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> start = with("--http-port", Integer.toString(taken.getLocalPort()), with("--data", data()));

            assertRefused(start, "127.0.0.1:" + taken.getLocalPort(), "choose another --http-port");
        }
    }

    @Test
    void folderOfAnotherNodeIsRefused() throws IOException {
        String peers = "n1=127.0.0.1:1,n2=127.0.0.1:2";
        List<String> start = with("--id", "n2", with("--peers", peers, with("--data", data())));

        assertRefused(start, "belongs to node n1, not to n2", "its own --data");
    }

    @Test
    void folderOfAnotherClusterIsRefused() throws IOException {
        assertRefused(
                with("--peers", "n1=127.0.0.1:1,n2=127.0.0.1:2", with("--data", data())),
                "belongs to the cluster",
                "give --peers as it was");
    }

    @Test
    void listOfPeersWithoutTheNodeIsRefused() throws IOException {
        assertRefused(
                with(
                        "--peers",
                        "n2=127.0.0.1:2,n3=127.0.0.1:3",
                        with("--data", folder.resolve("new").toString())),
                "node n1 is not in the list of peers",
                "this one included");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void folderThatHoldsSomethingElseIsRefused() throws IOException {
        Files.writeString(folder.resolve("diary.txt"), "mine");

        assertRefused(with("--data", folder.toString()), "diary.txt", "a folder of its own");
    }

    @Test
    void nodeThatLostItsLogIsRefused() throws IOException {
        String data = data();
        delete(Path.of(data, "raft"));

        assertRefused(with("--data", data), "lost its log", "bring " + data + " back from a copy");
    }

    @Test
    void openLogSegmentWithAFlippedByteIsRefused() throws IOException {
        String data = data();
        Path file = newest(data, "log_inprogress_\\d+");
        flipAByteInTheMiddle(file);

        assertRefused(with("--data", data), file.toString(), "damaged", "'lockgrid repair --data " + data + "'");
    }

    @Test
    void closedLogSegmentWithAFlippedByteIsRefused() throws IOException {
        String data = data();
        Path file = newest(data, "log_\\d+-\\d+");
        flipAByteInTheMiddle(file);

        assertRefused(with("--data", data), file.toString(), "damaged");
    }

    @Test
    void snapshotWithAFlippedByteIsRefused() throws IOException {
        String data = data();
        Path file = newest(data, "snapshot\\.\\d+_\\d+");
        flipAByteInTheMiddle(file);

        assertRefused(with("--data", data), file.toString(), "damaged");
    }

    private static void assertRefused(List<String> start, String... words) {
        FinishedCommand finished = FinishedCommand.run(start, END_MAX);
        assertThat(finished.err())
                .singleElement()
                .asString()
                .startsWith("lockgrid: ")
                .contains(words);
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out()).isEmpty();
    }

    /** A copy of what was left behind. */
    private String data() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        copy(left, data);
        return data.toString();
    }

    private static List<String> with(String option, String value) {
        return with(option, value, command);
    }

    private static List<String> with(String option, String value, List<String> start) {
        List<String> changed = new ArrayList<>(start);
        changed.set(changed.indexOf(option) + 1, value);
        return changed;
    }

    private static void takeLocks(GridHttp http, String prefix) {
        DaprClient client =
                new DaprClient(http, new io.lockgrid.testkit.history.History(System::nanoTime), prefix, 600);
        for (int i = 1; i <= LOCKS; i++) {
            assertThat(client.lock(prefix + i, prefix).saysHeld()).isTrue();
        }
    }

    private static Path newest(String data, String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(data, "raft"))) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow();
        }
    }

    /** In the middle of what is written: log files are filled with zeros beyond it. */
    private static void flipAByteInTheMiddle(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        bytes[end / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
