package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.service.LockService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("grid")
class SnapshotPurgeTest {
    @TempDir
    Path folder;

    /**
     * Ratis deletes nothing when it finds that the newest snapshot is new already, so it must not be told too early.
     */
    @Test
    void onlyTheTwoNewestSnapshotsAreKept() throws Exception {
        try (TestGrid grid = TestGrid.of(1, folder, 10)) {
            grid.startAll();
            grid.awaitLeader();
            LockService locks = grid.node("n1").locks();
            for (int i = 0; i < 100; i++) {
                outcome(locks, tryAcquire("lock-" + i, "t", Duration.ofHours(1)));
            }
            await("the oldest snapshots to be deleted", () -> {
                List<Long> indexes = snapshotIndexes();
                return indexes.size() <= 2 && indexes.getLast() >= 80;
            });
            assertThat(snapshotIndexes()).isNotEmpty();
        }
    }

    private List<Long> snapshotIndexes() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("snapshot\\.\\d+_\\d+"))
                    .map(name -> Long.parseLong(name.substring(name.indexOf('_') + 1)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
