package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.service.LockService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    /** Else a grid under load would write gigabytes between two snapshots, and read them all at its next start. */
    @Test
    void aFileOfLogIsEnoughForASnapshotThoughItsEntriesAreFew() throws Exception {
        String long100 = "x".repeat(100);
        LockName name = new LockName(long100, long100);
        try (TestGrid grid = TestGrid.of(1, folder, NodeConfig.SNAPSHOT_ENTRIES)) {
            grid.startAll();
            grid.awaitLeader();
            LockService locks = grid.node("n1").locks();
            List<Long> indexes = List.of();
            while (indexes.isEmpty()) {
                List<CompletableFuture<LockService.Answer>> answers = new ArrayList<>();
                for (int i = 0; i < 10_000; i++) {
                    answers.add(locks.submit(new Command.ReleaseHolder(name, new Holder(long100, long100)))
                            .toCompletableFuture());
                }
                for (CompletableFuture<LockService.Answer> answer : answers) {
                    long index = answer.get(30, TimeUnit.SECONDS).index();
                    assertThat(index).as("entries without a snapshot").isLessThan(NodeConfig.SNAPSHOT_ENTRIES / 10);
                }
                indexes = snapshotIndexes();
            }
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
