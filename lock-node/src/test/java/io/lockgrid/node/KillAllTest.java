package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.enqueue;
import static io.lockgrid.node.TestGrid.name;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.read;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.util.CodeInjectionForTesting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the end of all processes at once leaves: the folders are copied while the nodes work, without a snapshot, a
 * hand-over or a closed log, and a cluster starts on the copies.
 */
@Tag("grid")
class KillAllTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long STILL_NANOS = 500_000_000;
    private static final String APPEND = "RaftServerImpl.appendTransaction";

    @TempDir
    Path folder;

    private final ReadWriteLock appending = new ReentrantReadWriteLock();
    private final Map<String, Long> tokenByLock = new ConcurrentHashMap<>();
    private final Map<String, Integer> positionByTicket = new ConcurrentHashMap<>();

    @AfterEach
    void letAppend() {
        CodeInjectionForTesting.remove(APPEND);
    }

    @Test
    void everyAnsweredGrantPositionAndTokenIsThereWhenAllNodesDiedAtOnce() throws Exception {
        Path copies = folder.resolve("copies");
        Map<String, Long> tokens;
        Map<String, Integer> positions;
        TestGrid copied;
        // Snapshots are written and the log goes on, so that the copies hold both.
        try (TestGrid grid = TestGrid.of(3, folder.resolve("nodes"), 100)) {
            copied = grid.over(copies);
            grid.startAll();
            grid.awaitLeader();
            outcome(grid.node("n1").locks(), tryAcquire("queue", "first", HOUR));
            List<CompletableFuture<Void>> clients = grid.ids().stream()
                    .map(id -> CompletableFuture.runAsync(
                            () -> work(grid.node(id).locks(), id),
                            task -> Thread.ofPlatform().start(task)))
                    .toList();
            await("work", () -> positionByTicket.size() >= 500);
            holdTheLogStill(grid);
            tokens = Map.copyOf(tokenByLock);
            positions = Map.copyOf(positionByTicket);
            copy(folder.resolve("nodes"), copies);
            appending.writeLock().unlock();
            grid.stopAll();
            clients.forEach(CompletableFuture::join);
        }

        try (copied) {
            copied.startAll();
            copied.awaitLeader();
            LockService locks = copied.node("n2").locks();
            LockSpace space = read(locks).space();
            tokens.forEach((lock, token) -> assertThat(
                            space.lock(name(lock)).flatMap(Lock::holder).map(Hold::token))
                    .as(lock)
                    .contains(token));
            Lock queue = space.lock(name("queue")).orElseThrow();
            positions.forEach((ticket, position) ->
                    assertThat(queue.waiters().position(ticket)).as(ticket).isEqualTo(position));
            Outcome next = outcome(locks, tryAcquire("after", "a", HOUR));
            assertThat(((Outcome.Granted) next).token()).isGreaterThan(Collections.max(tokens.values()));
        }
    }

    /** Takes locks and joins a queue that nobody leaves, until its node stops. */
    private void work(LockService locks, String id) {
        try {
            for (int i = 0; ; i++) {
                String name = id + "-" + i;
                var granted = (Outcome.Granted) outcome(locks, tryAcquire(name, name, HOUR));
                tokenByLock.put(name, granted.token());
                var queued = (Outcome.Queued) outcome(locks, enqueue("queue", name, HOUR));
                positionByTicket.put(name, queued.position());
            }
        } catch (ExecutionException e) {
            assertThat(e).hasMessageContaining("stopping");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A copy of a file that is being written could end in half an entry, which a process that dies does not leave. */
    private void holdTheLogStill(TestGrid grid) {
        CodeInjectionForTesting.put(APPEND, (local, remote, args) -> {
            appending.readLock().lock();
            try {
                return false;
            } finally {
                appending.readLock().unlock();
            }
        });
        appending.writeLock().lock();
        await("a log that stands still on all nodes", new Object() {
            private Set<Long> last = Set.of();
            private long sinceNanos = System.nanoTime();

            boolean stands() {
                Set<Long> now = grid.running().stream()
                        .map(node -> node.locks().status().appliedIndex())
                        .collect(Collectors.toSet());
                if (now.size() > 1 || !now.equals(last)) {
                    last = now;
                    sinceNanos = System.nanoTime();
                }
                return System.nanoTime() - sinceNanos > STILL_NANOS;
            }
        }::stands);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
