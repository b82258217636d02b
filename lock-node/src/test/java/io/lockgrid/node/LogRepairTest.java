package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.statemachine.Outcome;
import io.lockgrid.testkit.log.FileDamage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is cut was never answered for; everything else is left as it is, and the way out is named. */
@Tag("grid")
class LogRepairTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int LOCKS = 20;

    @TempDir
    static Path left;

    private static TestGrid stopped;

    @TempDir
    Path folder;

    private TestGrid grid;
    private Path data;
    private Path open;

    /** Offset behind the last entry of the open log file. */
    private int end;

    /** Offset of that entry. */
    private int lastEntry;

    /** A node that was stopped thrice, and so has a snapshot, closed log files and an open one. */
    @BeforeAll
    static void workAndStop(@TempDir Path worked) throws Exception {
        stopped = TestGrid.started(1, worked);
        takeLocks("before");
        for (int i = 0; i < 2; i++) {
            stopped.stopAll();
            stopped.startAll();
            stopped.awaitLeader();
            takeLocks("after");
        }
        stopped.stopAll();
        keepOldestSnapshot(worked);
        copy(worked, left);
    }

    @BeforeEach
    void copyFolder() throws IOException {
        copy(left, folder);
        grid = stopped.over(folder);
        data = grid.data("n1");
        open = file("log_inprogress_\\d+");
        LogFile log = LogFile.allIn(data).getLast();
        end = Math.toIntExact(log.end());
        lastEntry = lastEntryOf(Files.readAllBytes(open));
        // As it is while a node runs: zeros behind the last entry.
        byte[] bytes = Files.readAllBytes(open);
        Files.write(open, Arrays.copyOf(bytes, bytes.length + 64 * 1024));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void tailThatWasBeingWrittenIsCutAndTheNodeGoesOn(long seed) throws Exception {
        FileDamage.tearTail(data, new Random(seed));
        byte[] torn = Files.readAllBytes(open);
        assertThatThrownBy(() -> grid.start("n1"))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContainingAll(open.toString(), "damaged at byte " + end, "lockgrid repair --data " + data);

        List<String> said = LogRepair.repair(data);

        assertThat(said.getFirst()).contains("from byte " + end + " on from " + open);
        assertThat(said.get(1))
                .contains("up to index " + LogFile.allIn(data).getLast().lastIndex());
        assertThat(open).hasBinaryContent(Arrays.copyOf(torn, end));
        assertThat(file("before-repair-1\\.log_inprogress_\\d+")).hasBinaryContent(torn);
        assertGoesOn();
    }

    /** Half of the last entry: bytes to its middle, zeros from there. */
    @Test
    void lastEntryOfWhichHalfIsZerosIsCut() throws Exception {
        zero((lastEntry + end) / 2, end);

        assertThat(LogRepair.repair(data).getFirst()).contains("from byte " + lastEntry + " on from " + open);
        assertThat(Files.size(open)).isEqualTo(lastEntry);
    }

    /** A later page of a write was written, the one before was not. */
    @Test
    void strayBytesBehindTheEndAreCut() throws Exception {
        write(end + 4096, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

        assertThat(LogRepair.repair(data).getFirst()).contains("Cut " + (4096 + 9) + " bytes from byte " + end);
        assertGoesOn();
    }

    @Test
    void oneByteIsCutAndSpokenOfAsOne() throws Exception {
        write(end, new byte[] {100});

        assertThat(LogRepair.repair(data).getFirst()).startsWith("Cut 1 byte from byte " + end + " on from ");
    }

    @Test
    void sectorThatIsMissingInALongEntryIsCut() throws Exception {
        Random random = new Random(1);
        byte[] entry = new byte[8 * 1024];
        random.nextBytes(entry);
        entry[0] = (byte) 0x80;
        entry[1] = 60; // 7680 bytes
        int sector = (end + 1024) / 512 * 512;
        Arrays.fill(entry, sector - end, sector - end + 512, (byte) 0);
        write(end, entry);

        LogRepair.repair(data);

        assertThat(Files.size(open)).isEqualTo(end);
    }

    @Test
    void flippedBitInTheMiddleIsRefused() throws Exception {
        flip(open, end / 2);

        assertRefused(open.toString(), "a whole entry follows at byte");
    }

    /** Each bit of it: it was written to its end, so the node may have told others that it has it. */
    @Test
    void flippedBitInTheLastEntryIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(open);
        long lastIndex = LogFile.allIn(data).getLast().lastIndex();
        for (int bit = 8 * lastEntry; bit < 8 * end; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(new TornTail(flipped, lastEntry, lastIndex - 1).isPartlyWritten())
                    .as("bit %d of byte %d", bit % 8, bit / 8)
                    .isFalse();
        }
        flip(open, lastEntry + 10);
        assertRefused(open.toString(), "an entry that was written to its end");
    }

    @Test
    void flippedBitInAClosedFileIsRefused() throws Exception {
        Path closed = file("log_\\d+-\\d+");
        flip(closed, Files.size(closed) / 2);

        assertRefused(closed.toString(), "more of the log follows it");
    }

    @Test
    void closedFileThatIsTooShortIsRefused() throws Exception {
        Path closed = file("log_\\d+-\\d+");
        Files.write(closed, Arrays.copyOf(Files.readAllBytes(closed), (int) Files.size(closed) / 2));

        assertRefused(closed.toString(), "before the one in its name");
    }

    @Test
    void closedFileThatIsMissingIsRefused() throws Exception {
        List<LogFile> files = LogFile.allIn(data);
        assertThat(files).hasSizeGreaterThanOrEqualTo(3);
        Files.delete(files.get(1).path());

        assertRefused(files.getFirst().path().toString(), "does not follow on");
    }

    @Test
    void damagedSnapshotIsRefused() throws Exception {
        Path snapshot = file("snapshot\\.\\d+_\\d+");
        flip(snapshot, Files.size(snapshot) / 2);

        assertRefused(snapshot.toString(), "do not match its checksum");
    }

    /** The snapshot shows that the torn entry was committed once, so this node had it: the disk lost it. */
    @Test
    void tornEntryThatTheSnapshotShowsAsCommittedIsRefused() throws Exception {
        LogFile log = LogFile.allIn(data).getLast();
        Path snapshot = file("snapshot\\.\\d+_\\d+");
        String newer = "snapshot." + log.lastTerm() + "_" + log.lastIndex();
        Files.copy(snapshot, snapshot.resolveSibling(newer));
        Files.writeString(
                snapshot.resolveSibling(newer + ".md5"),
                Files.readString(snapshot.resolveSibling(snapshot.getFileName() + ".md5"))
                        .replace(snapshot.getFileName().toString(), newer));
        zero((lastEntry + end) / 2, end);

        assertRefused("shows that entries were committed");
    }

    /** Ratis takes it for an entry that was never written whole; nobody can tell it from one. */
    @Test
    void openFileThatIsTooShortIsNotDamaged() throws Exception {
        Files.write(open, Arrays.copyOf(Files.readAllBytes(open), end - 3));
        Map<Path, ByteBuffer> before = contents();

        assertThat(LogRepair.repair(data)).singleElement().asString().startsWith("Nothing is damaged in " + data);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void nothingIsDoneWhereNothingIsDamaged() throws Exception {
        Map<Path, ByteBuffer> before = contents();

        assertThat(LogRepair.repair(data)).singleElement().asString().startsWith("Nothing is damaged in " + data);
        assertThat(contents()).isEqualTo(before);
        assertGoesOn();
    }

    @Test
    void nodeThatRunsIsLeftAlone() throws Exception {
        grid.startAll();
        assertThatThrownBy(() -> LogRepair.repair(data))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("in use by another process; stop that node first");
        grid.stopAll();
    }

    @Test
    void folderThatIsNoNodesIsRefused() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));

        assertThatThrownBy(() -> LogRepair.repair(other))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining(other + " is not a node's");
        assertThat(other).isEmptyDirectory();
    }

    private void assertRefused(String... words) throws IOException {
        Map<Path, ByteBuffer> before = contents();
        assertThatThrownBy(() -> LogRepair.repair(data))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("nothing was changed; bring " + data + " back from a copy")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        assertThat(contents()).isEqualTo(before);
    }

    private void assertGoesOn() throws Exception {
        grid.startAll();
        grid.awaitLeader();
        assertThat(outcome(grid.node("n1").locks(), tryAcquire("after" + (LOCKS - 1), "b", HOUR)))
                .isEqualTo(new Outcome.Refused(Outcome.Reason.HELD));
        grid.stopAll();
    }

    /** The newest has all that is in the log: with it there would be nothing to lose. */
    private static void keepOldestSnapshot(Path worked) throws IOException {
        try (Stream<Path> paths = Files.walk(worked)) {
            List<Path> snapshots = paths.filter(
                            path -> path.getFileName().toString().startsWith("snapshot."))
                    .sorted(Comparator.comparingLong(LogRepairTest::index))
                    .toList();
            for (Path file : snapshots) {
                if (index(file) > index(snapshots.getFirst())) {
                    Files.delete(file);
                }
            }
        }
    }

    private static long index(Path snapshot) {
        return Long.parseLong(snapshot.getFileName().toString().replaceAll(".*_(\\d+).*", "$1"));
    }

    private static void takeLocks(String prefix) throws Exception {
        for (int i = 0; i < LOCKS; i++) {
            outcome(stopped.node("n1").locks(), tryAcquire(prefix + i, "a", HOUR));
        }
    }

    private Path file(String name) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private Map<Path, ByteBuffer> contents() throws IOException {
        Map<Path, ByteBuffer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                contents.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private void zero(int from, int to) throws IOException {
        write(from, new byte[to - from]);
    }

    private void write(int at, byte[] changed) throws IOException {
        byte[] bytes = Files.readAllBytes(open);
        System.arraycopy(changed, 0, bytes, at, changed.length);
        Files.write(open, bytes);
    }

    private static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[Math.toIntExact(at)] ^= 0x10;
        Files.write(file, bytes);
    }

    private static int lastEntryOf(byte[] log) {
        int last = LogFile.HEADER_BYTES;
        for (int at = last; at < log.length; ) {
            last = at;
            int length = log[at] & 0x7f;
            int head = 1;
            if (log[at] < 0) {
                length |= log[at + 1] << 7;
                head = 2;
            }
            at += head + length + LogFile.CHECKSUM_BYTES;
        }
        return last;
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
}
