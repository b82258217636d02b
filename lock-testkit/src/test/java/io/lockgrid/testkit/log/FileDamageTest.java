package io.lockgrid.testkit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.LockSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The damage is where it is said to be, and nowhere else. */
class FileDamageTest {
    @TempDir
    Path data;

    private MadeUpFolder folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new MadeUpFolder(data).closed(0, entries(0, 5)).open(5, entries(5, 9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void tornTailCannotBeReadAndAllBeforeItCan(long seed) throws IOException {
        Path open = NodeFiles.segments(data).getLast().file();
        byte[] before = Files.readAllBytes(open);
        long end = NodeFiles.end(NodeFiles.entries(NodeFiles.segments(data).getLast()));

        assertThat(FileDamage.tearTail(data, new Random(seed)))
                .contains("entry 9", open.toString(), "bytes from " + end);

        assertThatThrownBy(() -> NodeFiles.entries(NodeFiles.segments(data).getLast()))
                .isInstanceOf(UncheckedIOException.class);
        byte[] after = Files.readAllBytes(open);
        int kept = Math.toIntExact(end);
        assertThat(after).hasSameSizeAs(before).startsWith(java.util.Arrays.copyOf(before, kept));
        Files.write(open, java.util.Arrays.copyOf(after, kept));
        assertThat(NodeFiles.entries(NodeFiles.segments(data).getLast())).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void oneByteOfTheLogIsFlipped(long seed) throws IOException {
        FileDamage.flipByteInLog(data, new Random(seed));

        assertThatThrownBy(() -> NodeFiles.segments(data).forEach(NodeFiles::entries))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void oneByteOfTheNewestSnapshotIsFlipped() throws IOException {
        folder.snapshot(1, 3, LockSpace.empty()).snapshot(1, 12, LockSpace.empty());
        Path older = NodeFiles.snapshots(data).getFirst().file();
        Path newest = NodeFiles.snapshots(data).getLast().file();
        byte[] before = Files.readAllBytes(newest);

        assertThat(FileDamage.flipByteInSnapshot(data, new Random(1))).contains("snapshot.1_12");

        assertThat(Files.readAllBytes(older)).isEqualTo(before);
        byte[] after = Files.readAllBytes(newest);
        assertThat(LongStream.range(0, before.length).filter(i -> before[(int) i] != after[(int) i]))
                .hasSize(1);
    }

    @Test
    void whatIsNotThereCannotBeDamaged(@TempDir Path empty) throws IOException {
        Files.createDirectories(empty.resolve("raft"));
        Random random = new Random(1);

        assertThatThrownBy(() -> FileDamage.tearTail(empty, random)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> FileDamage.flipByteInLog(empty, random)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> FileDamage.flipByteInSnapshot(empty, random))
                .isInstanceOf(IllegalStateException.class);
    }

    private static LogEntryProto[] entries(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(i -> MadeUpFolder.entry(1, i, new Entry(10 * i, 0, Optional.empty())))
                .toArray(LogEntryProto[]::new);
    }
}
