package io.lockgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.clock.LeaderClock;
import io.lockgrid.node.raft.LockStateMachine.Observer;
import io.lockgrid.node.raft.RaftMember;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockSpace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ratis stops without a word when it cannot go on. */
@Tag("grid")
class WatchdogTest {
    private static final Observer NOBODY = new Observer() {
        @Override
        public boolean applied(LockSpace space, List<Event> events, long index) {
            return false;
        }

        @Override
        public void replaced(LockSpace space, long index) {
            // Nobody follows.
        }

        @Override
        public void leadershipChanged() {
            // Nobody follows.
        }
    };

    @TempDir
    Path folder;

    @Test
    void aNodeUnderWhichRaftStoppedIsEnded() throws Exception {
        CompletableFuture<String> fatal = new CompletableFuture<>();
        FatalHandler handler = (what, cause) -> fatal.complete(what);
        var config = new RaftMember.Config(
                "test", "n1", TestGrid.freePeers(1), folder, Duration.ofMillis(500), null, 1_000, 0);
        RaftMember member = RaftMember.start(config, new LeaderClock(System::nanoTime), NOBODY, handler);
        try (Watchdog watchdog = new Watchdog(member, handler)) {
            watchdog.start();
            TestGrid.await("a leader", member::isReadyLeader);
            assertThat(fatal).isNotDone();
            member.close();
            assertThat(fatal.get(10, TimeUnit.SECONDS)).contains("Raft has stopped");
        }
    }

    @Test
    void aNodeThatWasStoppedOnPurposeIsNot() throws Exception {
        try (TestGrid grid = TestGrid.started(1, folder)) {
            grid.stop("n1");
            assertThat(grid.fatal).isEmpty();
        }
    }
}
