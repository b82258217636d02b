package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.enqueue;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader that is stopped leaves no gap. */
@Tag("grid")
class HandOverTest {
    /** Longer than a command is tried: an election, instead of a hand-over, would be seen. */
    private static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(6);

    @TempDir
    Path folder;

    @Test
    void aLeaderThatStopsHandsOverAndNoCommandFailsMeanwhile() throws Exception {
        try (TestGrid grid = TestGrid.of(3, folder, NodeConfig.SNAPSHOT_ENTRIES).electionTimeout(ELECTION_TIMEOUT)) {
            grid.startAll();
            String leader = grid.awaitLeader();
            List<String> followers =
                    grid.ids().stream().filter(id -> !id.equals(leader)).toList();
            AtomicBoolean stopped = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
            List<CompletableFuture<Void>> clients = followers.stream()
                    .map(id -> CompletableFuture.runAsync(
                            () -> takeTurns(grid.node(id).locks(), id, stopped, answered, failures)))
                    .toList();

            grid.stop(leader);
            int atTheStop = answered.get();
            TestGrid.await("work after the stop", () -> answered.get() > atTheStop + 20 || !failures.isEmpty());
            stopped.set(true);
            clients.forEach(CompletableFuture::join);

            assertThat(failures).isEmpty();
            grid.awaitLeader();
        }
    }

    private static void takeTurns(
            LockService locks, String id, AtomicBoolean stopped, AtomicInteger answered, Queue<Throwable> failures) {
        try {
            for (int i = 0; !stopped.get(); i++) {
                outcome(locks, enqueue("turns", id + "-" + i, Duration.ofHours(1)));
                assertThat(outcome(locks, release("turns", id + "-" + i))).isInstanceOf(Outcome.Released.class);
                answered.incrementAndGet();
            }
        } catch (Exception | AssertionError e) {
            failures.add(e);
        }
    }
}
