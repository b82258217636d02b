package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.name;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.read;
import static io.lockgrid.node.TestGrid.release;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.raft.Partition;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.NodeStatus.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader that the others no longer hear goes on believing that it leads, for a while. */
@Tag("grid")
class CutOffLeaderTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    @Test
    void aLeaderThatWasCutOffServesNoStaleReadAndGrantsNothing() throws Exception {
        try (Partition partition = new Partition();
                TestGrid grid = TestGrid.started(3, folder)) {
            String old = grid.awaitLeader();
            String other = grid.anyFollower();
            LockService cutOff = grid.node(old).locks();
            LockService others = grid.node(other).locks();
            AtomicLong answeredToken = new AtomicLong(token(outcome(others, tryAcquire("db", "a", HOUR))));
            AtomicBoolean healed = new AtomicBoolean();
            Queue<String> stale = new ConcurrentLinkedQueue<>();
            AtomicLong refusedReads = new AtomicLong();

            partition.cutOff(old);
            CompletableFuture<?> reader = CompletableFuture.runAsync(() -> {
                while (!healed.get()) {
                    readAndCompare(cutOff, answeredToken, stale, refusedReads);
                }
            });
            var lost = cutOff.submit(tryAcquire("lost", "x", HOUR)).toCompletableFuture();
            await(
                    "another leader",
                    () -> grid.node(other).locks().status().ready()
                            && !grid.node(other)
                                    .locks()
                                    .status()
                                    .leader()
                                    .orElseThrow()
                                    .equals(old));
            // The rest of the cluster goes on: what it answers, the old leader must not contradict.
            for (int i = 0; i < 100; i++) {
                assertThat(outcome(others, release("db", i == 0 ? "a" : "b" + (i - 1))))
                        .isInstanceOf(Outcome.Released.class);
                answeredToken.set(token(outcome(others, tryAcquire("db", "b" + i, HOUR))));
            }
            await("that the old leader knows", () -> cutOff.status().role() == Role.CANDIDATE);
            assertThat(lost.handle((answer, failure) -> failure != null).get(10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(stale).isEmpty();

            healed.set(true);
            reader.get(10, TimeUnit.SECONDS);
            partition.heal();
            grid.awaitLeader();
            LockSpace after = read(cutOff).space();
            assertThat(after.lock(name("db"))
                            .orElseThrow()
                            .holder()
                            .orElseThrow()
                            .token())
                    .isEqualTo(answeredToken.get());
            assertThat(stale).isEmpty();
            // Not one of its reads was answered while it was cut off, though it led for a part of the time.
            assertThat(refusedReads).hasPositiveValue();
        }
    }

    private static void readAndCompare(
            LockService cutOff, AtomicLong answeredToken, Queue<String> stale, AtomicLong refusedReads) {
        long answeredBefore = answeredToken.get();
        try {
            long seen = read(cutOff).space().lastToken();
            if (seen < answeredBefore) {
                stale.add("read token " + seen + " after " + answeredBefore + " had been answered");
            }
        } catch (Exception e) {
            refusedReads.incrementAndGet();
        }
    }

    private static long token(Outcome outcome) {
        return ((Outcome.Granted) outcome).token();
    }
}
