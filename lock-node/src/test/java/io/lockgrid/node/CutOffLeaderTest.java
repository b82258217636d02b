package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.name;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.read;
import static io.lockgrid.node.TestGrid.release;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.raft.Partition;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader that the others no longer hear goes on believing that it leads, for a while. */
class CutOffLeaderTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static final String SLOW = "n1";

    @TempDir
    Path folder;

    @Test
    void aLeaderThatWasCutOffServesNoStaleReadAndGrantsNothing() throws Exception {
        try (Partition partition = new Partition();
                TestGrid grid = TestGrid.of(3, folder, NodeConfig.SNAPSHOT_ENTRIES)) {
            startLedByASlowOne(grid);
            String old = SLOW;
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
            assertThat(lost.handle((answer, failure) -> failure != null).get(10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(stale).isEmpty();

            healed.set(true);
            reader.get(10, TimeUnit.SECONDS);
            partition.heal();
            grid.awaitLeader();
            await("the old leader to know what it missed", () -> tokenOfHolder(cutOff) == answeredToken.get());
            assertThat(stale).isEmpty();
            // Not one of its reads was answered while it was cut off, though it led for a part of the time.
            assertThat(refusedReads).hasPositiveValue();
        }
    }

    /** The others elect another leader two seconds before it gives up. */
    private static void startLedByASlowOne(TestGrid grid) {
        grid.electionTimeout(Duration.ofMillis(1_500)).start(SLOW);
        grid.electionTimeout(Duration.ofMillis(500));
        grid.ids().stream().filter(id -> !id.equals(SLOW)).forEach(grid::start);
        for (String leader = grid.awaitLeader(); !leader.equals(SLOW); leader = grid.awaitLeader()) {
            grid.stop(leader); // It hands over to the first in the list.
            grid.start(leader);
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

    /** As it reads it, or 0 while it does not. */
    private static long tokenOfHolder(LockService locks) {
        try {
            return read(locks)
                    .space()
                    .lock(name("db"))
                    .flatMap(Lock::holder)
                    .map(Hold::token)
                    .orElse(0L);
        } catch (Exception e) {
            return 0;
        }
    }

    private static long token(Outcome outcome) {
        return ((Outcome.Granted) outcome).token();
    }
}
