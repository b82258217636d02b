package io.lockgrid.node.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.TestGrid;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that was away is not sent requests before it has applied what it missed. */
@Tag("grid")
class CatchUpTest {
    private static final int ENTRIES = 20;

    @TempDir
    Path folder;

    @Test
    void aFollowerThatStartsHasCaughtUpOnceItAppliedWhatTheLeaderCommitted() throws Exception {
        try (MemberGrid grid = new MemberGrid(3, folder, 1_000)) {
            grid.startAll();
            String away = grid.anyFollower();
            grid.stop(away);
            grid.appendEntries(ENTRIES);
            CountDownLatch gate = new CountDownLatch(1);
            grid.startHeldBack(away, gate);
            RaftMember member = grid.member(away);
            TestGrid.await("the leader's word", () -> member.leaderCommitIndex().isPresent());
            boolean before = member.hasCaughtUp();
            gate.countDown();
            assertThat(before).isFalse();
            TestGrid.await("what was missed", member::hasCaughtUp);
            assertThat(member.position().index()).isGreaterThanOrEqualTo(ENTRIES);
            grid.awaitSameEverywhere();
        }
    }

    @Test
    void aLeaderHasCaughtUp() throws Exception {
        try (MemberGrid grid = new MemberGrid(1, folder, 1_000)) {
            grid.startAll();
            assertThat(grid.member("n1").hasCaughtUp()).isTrue();
        }
    }
}
