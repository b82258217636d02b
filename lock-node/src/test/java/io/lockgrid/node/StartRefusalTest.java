package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lockgrid.statemachine.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot start says why in one line, leaves nothing running, and starts when the reason is gone. */
@Tag("grid")
class StartRefusalTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * Shared by all nodes of a process, past and present; and the one idle thread that Ratis leaves behind where it
     * could not read the log.
     */
    private static final Pattern OTHER_THREADS =
            Pattern.compile("grpc-default-executor-.*|grpc-timer-.*|timer\\d+|ForkJoinPool.*|.*Cleaner.*"
                    + "|CompletableFutureDelayScheduler|.*cacheEviction-AwaitToRun");

    @TempDir
    static Path copyOfStopped;

    private static TestGrid stopped;

    @TempDir
    Path folder;

    @Test
    void aRaftPortInUseIsNamed() throws Exception {
        TestGrid grid = stopped.over(folder);
        try (ServerSocket taken = listen(raftPort(grid))) {
            assertRefused(grid, "127.0.0.1:" + taken.getLocalPort(), "--peers");
        }
        assertStartsEmpty(grid);
    }

    @Test
    void anHttpPortInUseIsNamedAndTheRaftPortIsFreeAgain() throws Exception {
        TestGrid grid = stopped.over(folder);
        try (ServerSocket taken = listen(0)) {
            grid.httpPort(taken.getLocalPort());
            assertRefused(grid, "127.0.0.1:" + taken.getLocalPort(), "--http-port");
            listen(raftPort(grid)).close();
        }
        grid.httpPort(0);
        assertStartsEmpty(grid);
    }

    @Test
    void aFolderInUseIsNamedAndTheNodeThatUsesItGoesOn() throws Exception {
        try (TestGrid grid = stopped.over(folder)) {
            grid.startAll();
            grid.awaitLeader();
            NodeStartException refusal = refusal(grid);
            assertThat(refusal).hasMessageContaining(grid.data("n1").toString()).hasMessageContaining("in use");
            assertThat(outcome(grid.node("n1").locks(), tryAcquire("db", "a", HOUR)))
                    .isInstanceOf(Outcome.Granted.class);
        }
    }

    @Test
    void aMemberFileThatWasCutOffIsRefused() throws Exception {
        TestGrid grid = stoppedGrid();
        Path file = grid.data("n1").resolve("member.properties");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[0]);
        assertRefused(grid, file.toString());
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(grid, grid.data("n1").toString());
        Files.write(file, whole);
        assertGoesOn(grid);
    }

    @Test
    void aDamagedSnapshotIsNamed() throws Exception {
        TestGrid grid = stoppedGrid();
        Path snapshot = file(grid, name -> name.matches("snapshot\\.\\d+_\\d+"));
        flipByte(snapshot, Files.size(snapshot) / 2);
        assertRefused(grid, snapshot.toString());
        flipByte(snapshot, Files.size(snapshot) / 2);
        assertGoesOn(grid);
    }

    /** An older one beside it does not help: the log between the two may be purged. */
    @Test
    void aNewestSnapshotWithoutItsChecksumIsNamed() throws Exception {
        TestGrid grid = stoppedGrid();
        Path older = file(grid, name -> name.matches("snapshot\\.\\d+_\\d+\\.md5"));
        assertGoesOn(grid);
        Path newest = file(
                grid,
                name -> name.matches("snapshot\\.\\d+_\\d+\\.md5")
                        && !name.equals(older.getFileName().toString()));
        assertThat(older).exists();
        Path aside = folder.resolve("aside");
        Files.move(newest, aside);
        assertRefused(grid, newest.getFileName().toString());
        Files.move(aside, newest);
        assertGoesOn(grid);
    }

    @Test
    void aDamagedLogIsNamed() throws Exception {
        TestGrid grid = stoppedGrid();
        Path log = file(grid, name -> name.startsWith("log_inprogress"));
        long length = lengthOfData(log);
        for (long at : new long[] {2, length / 2, length - 1}) {
            flipByte(log, at);
            assertRefused(grid, log.toString());
            flipByte(log, at);
        }
        assertGoesOn(grid);
    }

    /** Nothing follows on it that would not fit: Ratis would take it for the whole log. */
    @Test
    void aLogThatEndsBeforeItsNameSaysIsNamed() throws Exception {
        TestGrid grid = stoppedGrid();
        Path snapshot = file(grid, name -> name.matches("snapshot\\.\\d+_\\d+"));
        Files.delete(snapshot);
        Files.delete(snapshot.resolveSibling(snapshot.getFileName() + ".md5"));
        LogFile open = LogFile.allIn(grid.data("n1")).getLast();
        byte[] whole = Arrays.copyOf(Files.readAllBytes(open.path()), Math.toIntExact(open.end()));
        Path closed = open.path().resolveSibling("log_" + open.firstIndex() + "-" + open.lastIndex());
        Files.delete(open.path());
        Files.write(closed, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(grid, closed.toString(), "before the one in its name");
        Files.write(closed, whole);
        assertGoesOn(grid);
    }

    /** A node that was granted something and was stopped. */
    @BeforeAll
    static void workAndStop(@TempDir Path worked) throws Exception {
        stopped = TestGrid.started(1, worked);
        for (int i = 0; i < 20; i++) {
            outcome(stopped.node("n1").locks(), tryAcquire("lock" + i, "a", HOUR));
        }
        stopped.stopAll();
        copy(worked, copyOfStopped);
    }

    private TestGrid stoppedGrid() throws IOException {
        copy(copyOfStopped, folder);
        return stopped.over(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** It starts, holds what it held before, and is stopped again. */
    private static void assertGoesOn(TestGrid grid) throws Exception {
        assertThat(outcomeAfterStart(grid)).isEqualTo(new Outcome.Refused(Outcome.Reason.HELD));
    }

    private static void assertStartsEmpty(TestGrid grid) throws Exception {
        assertThat(outcomeAfterStart(grid)).isInstanceOf(Outcome.Granted.class);
    }

    private static Outcome outcomeAfterStart(TestGrid grid) throws Exception {
        grid.startAll();
        grid.awaitLeader();
        Outcome outcome = outcome(grid.node("n1").locks(), tryAcquire("lock19", "b", HOUR));
        grid.stopAll();
        return outcome;
    }

    private static void assertRefused(TestGrid grid, String... words) {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThat(refusal(grid).getMessage()).contains(words).doesNotContain("\n");
        await("the threads of the node to end", () -> newThreads(before).isEmpty());
        assertThat(grid.fatal).isEmpty();
    }

    private static NodeStartException refusal(TestGrid grid) {
        NodeStartException refusal = catchThrowableOfType(NodeStartException.class, () -> grid.start("n1"));
        assertThat(refusal).as("the start is refused").isNotNull();
        return refusal;
    }

    private static Set<String> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> !OTHER_THREADS.matcher(name).matches())
                .collect(Collectors.toSet());
    }

    private static int raftPort(TestGrid grid) {
        String address = grid.peers().peers().getFirst().address();
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static Path file(TestGrid grid, Predicate<String> name) throws IOException {
        try (Stream<Path> files = Files.walk(grid.data("n1"))) {
            return files.filter(file -> name.test(file.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flipByte(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[Math.toIntExact(at)] ^= 0x10;
        Files.write(file, bytes);
    }

    /** Without the zeros that the file is made with. */
    private static long lengthOfData(Path log) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        int length = bytes.length;
        while (bytes[length - 1] == 0) {
            length--;
        }
        return length;
    }
}
