package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.answer;
import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.enqueue;
import static io.lockgrid.node.TestGrid.name;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.read;
import static io.lockgrid.node.TestGrid.release;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.node.clock.ClockPulse;
import io.lockgrid.node.raft.ForcedFiles;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.testkit.tls.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster promises while nothing fails. */
@Tag("grid")
class LockNodeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    /** Ratis answers for all that it reads at its start; of a process that was killed it may be in memory only. */
    @Test
    void whatAnEarlierProcessWroteIsForcedBeforeItIsAnsweredFor() throws Exception {
        try (TestGrid grid = TestGrid.started(1, folder)) {
            grid.stopAll();
            Path log = LogFile.allIn(grid.data("n1")).getLast().path();
            try (ForcedFiles forced = new ForcedFiles()) {
                grid.startAll();
                assertThat(forced.paths(folder.resolve("forced.jfr"))).contains(log.toString());
            }
        }
    }

    @Test
    void everyNodeServesTheSameLocks() throws Exception {
        try (TestGrid grid = TestGrid.started(3, folder)) {
            LockService n1 = grid.node("n1").locks();
            LockService n2 = grid.node("n2").locks();
            LockService n3 = grid.node("n3").locks();
            assertThat(outcome(n1, tryAcquire("db", "a", HOUR))).isInstanceOf(Outcome.Granted.class);
            assertThat(outcome(n2, enqueue("db", "b", HOUR))).isEqualTo(new Outcome.Queued("b", 1));
            assertThat(outcome(n3, tryAcquire("db", "c", HOUR))).isEqualTo(new Outcome.Refused(Outcome.Reason.HELD));
            assertThat(outcome(n3, release("db", "a"))).isInstanceOf(Outcome.Released.class);
            for (LockService node : new LockService[] {n1, n2, n3}) {
                Hold hold = read(node)
                        .space()
                        .lock(name("db"))
                        .orElseThrow()
                        .holder()
                        .orElseThrow();
                assertThat(hold.ticket().id()).isEqualTo("b");
            }
        }
    }

    @Test
    void anExpiredLeasePassesToTheNextWaiterWithoutACommand() throws Exception {
        try (TestGrid grid = TestGrid.started(3, folder)) {
            LockService locks = grid.node("n1").locks();
            long start = System.nanoTime();
            outcome(locks, tryAcquire("db", "a", Duration.ofMillis(700)));
            outcome(locks, enqueue("db", "b", HOUR));
            await(
                    "the hand-over on every node",
                    () -> grid.running().stream()
                            .map(node -> node.locks().status().space())
                            .allMatch(space -> space.lock(name("db"))
                                    .flatMap(Lock::holder)
                                    .map(hold -> hold.ticket().id())
                                    .equals(Optional.of("b"))));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
        }
    }

    @Test
    void nodesWithCertificatesTalkByMutualTls() throws Exception {
        TestAuthority authority = new TestAuthority("nodes");
        authority.write(folder, "ca");
        for (String id : List.of("n1", "n2", "n3")) {
            authority.issue(id).write(folder, id);
        }
        try (TestGrid grid = TestGrid.of(3, folder, 1000).peerTls(folder)) {
            grid.startAll();
            grid.awaitLeader();
            LockService follower = grid.node(grid.anyFollower()).locks();
            assertThat(outcome(follower, tryAcquire("db", "a", HOUR))).isInstanceOf(Outcome.Granted.class);
        }
    }

    @Test
    void aCertificateThatCannotBeUsedIsNamed() {
        try (TestGrid grid = TestGrid.of(1, folder, 1000).peerTls(folder)) {
            assertThatThrownBy(() -> grid.start("n1"))
                    .isInstanceOf(NodeStartException.class)
                    .hasMessageStartingWith("there is no file " + folder.resolve("n1.crt"));
        }
    }

    @Test
    void nothingIsWrittenWhileNothingIsHeld() throws Exception {
        try (TestGrid grid = TestGrid.started(3, folder)) {
            LockService locks = grid.node("n1").locks();
            long granted =
                    answer(locks, tryAcquire("db", "a", Duration.ofMillis(100))).index();
            await(
                    "the expiry",
                    () -> locks.status().appliedIndex() > granted
                            && locks.status().space().heldCount() == 0);
            long index = locks.status().appliedIndex();
            long until = System.nanoTime() + 2 * TimeUnit.MILLISECONDS.toNanos(ClockPulse.IDLE_MILLIS);
            await("the time in which an idle pulse would have beaten twice", () -> System.nanoTime() > until);
            assertThat(locks.status().appliedIndex()).isEqualTo(index);
        }
    }

    @Test
    void aClusterThatWasStoppedGoesOnWhereItWas() throws Exception {
        Outcome.Granted before;
        try (TestGrid grid = TestGrid.of(3, folder, 1000)) {
            grid.startAll();
            grid.awaitLeader();
            before = (Outcome.Granted) outcome(grid.node("n1").locks(), tryAcquire("db", "a", HOUR));
            outcome(grid.node("n2").locks(), enqueue("db", "b", HOUR));
            grid.stopAll();

            grid.startAll();
            grid.awaitLeader();
            LockService locks = grid.node("n3").locks();
            assertThat(outcome(locks, tryAcquire("db", "c", HOUR))).isEqualTo(new Outcome.Refused(Outcome.Reason.HELD));
            assertThat(read(locks)
                            .space()
                            .lock(name("db"))
                            .orElseThrow()
                            .waiters()
                            .position("b"))
                    .isEqualTo(1);
            outcome(locks, release("db", "a"));
            Hold after =
                    read(locks).space().lock(name("db")).orElseThrow().holder().orElseThrow();
            assertThat(after.token()).isGreaterThan(before.token());
        }
    }
}
