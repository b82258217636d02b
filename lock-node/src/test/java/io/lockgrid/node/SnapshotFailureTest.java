package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room for a snapshot: nothing is lost, and the node goes on. */
@Tag("grid")
class SnapshotFailureTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /** What is written there fails as on a disk without room. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    private int locks;

    @Test
    void snapshotThatFindsNoRoomLeavesTheLastOneAndTheNodeGoesOn() throws Exception {
        try (TestGrid grid = TestGrid.of(1, folder, 10)) {
            grid.startAll();
            grid.awaitLeader();
            takeLocks(grid, 30);
            await("a snapshot", () -> !snapshots().isEmpty());
            Path snapshotFolder = snapshots().getFirst().getParent();
            letWritesFail(snapshotFolder);
            long failing = unfinished(snapshotFolder).size();
            List<Path> before = snapshots();

            takeLocks(grid, 60);
            await("a snapshot that fails", () -> unfinished(snapshotFolder).size() < failing - 2);

            assertThat(snapshots()).contains(before.getLast());
            assertThat(grid.fatal).isEmpty();

            for (Path each : unfinished(snapshotFolder)) {
                Files.delete(each);
            }
            takeLocks(grid, 30);
            await("a newer snapshot", () -> !before.contains(snapshots().getLast()));
            grid.stopAll();
            assertThat(unfinished(snapshotFolder)).isEmpty();

            grid.startAll();
            grid.awaitLeader();
            assertThat(outcome(grid.node("n1").locks(), tryAcquire("lock-" + (locks - 1), "other", HOUR)))
                    .isEqualTo(new Outcome.Refused(Outcome.Reason.HELD));
        }
    }

    private void takeLocks(TestGrid grid, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            assertThat(outcome(grid.node("n1").locks(), tryAcquire("lock-" + locks++, "t", HOUR)))
                    .isInstanceOf(Outcome.Granted.class);
        }
    }

    /** Whatever the index of the next snapshots is. */
    private static void letWritesFail(Path snapshotFolder) throws IOException {
        for (int term = 1; term <= 3; term++) {
            for (int index = 0; index <= 300; index++) {
                Path file = snapshotFolder.resolve("snapshot." + term + "_" + index + ".tmp");
                if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(file, FULL);
                }
            }
        }
    }

    private static long index(Path snapshot) {
        return Long.parseLong(snapshot.getFileName().toString().replaceAll(".*_(\\d+).*", "$1"));
    }

    private static List<Path> unfinished(Path snapshotFolder) {
        return files(snapshotFolder, "snapshot\\.\\d+_\\d+\\.tmp");
    }

    private List<Path> snapshots() {
        return files(folder, "snapshot\\.\\d+_\\d+");
    }

    private static List<Path> files(Path below, String name) {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .sorted(Comparator.comparingLong(SnapshotFailureTest::index))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
