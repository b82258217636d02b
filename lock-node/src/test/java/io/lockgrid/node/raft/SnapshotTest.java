package io.lockgrid.node.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.TestGrid;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.codec.SnapshotCodec;
import io.lockgrid.statemachine.service.NodeStatus.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the log is kept short, and how a node that missed what is gone from it comes back. */
@Tag("grid")
class SnapshotTest {
    /** More than the 1,024 entries below which Ratis does not purge. */
    private static final int ENTRIES = 1_100;

    private static final long HOUR = 3_600_000;

    @TempDir
    Path folder;

    @Test
    void aStoppedNodeLeavesASnapshotOfAllThatItApplied() throws Exception {
        try (MemberGrid grid = new MemberGrid(1, folder, ENTRIES)) {
            grid.startAll();
            grid.run(tryAcquire("a"));
            long index = grid.member("n1").position().index();
            grid.stop("n1");
            assertThat(grid.snapshots("n1")).containsExactly(index);
        }
    }

    /** Three times, twice of them without a restart: the state machine pauses and goes on each time. */
    @Test
    void aNodeThatWasAwayComesBackBySnapshotAndCanLead() throws Exception {
        try (ForcedFiles forced = new ForcedFiles();
                Partition partition = new Partition();
                MemberGrid grid = new MemberGrid(3, folder, ENTRIES)) {
            grid.startAll();
            String away = grid.anyFollower();
            List<Outcome.Granted> granted = new ArrayList<>();
            for (int round = 1; round <= 3; round++) {
                granted.add(grantWhileAway(grid, partition, away, round));
                assertThat(grid.snapshotsLoaded.get(away)).hasValue(round);
                assertSameState(grid, away);
            }
            TestGrid.await("the leadership of " + away, () -> {
                if (grid.member(away).role() != Role.LEADER) {
                    grid.changeLeader();
                }
                return grid.member(away).isReadyLeader();
            });
            granted.add((Outcome.Granted) grid.run(tryAcquire("led by " + away)));
            assertThat(granted).extracting(Outcome.Granted::token).isSorted().doesNotHaveDuplicates();
            grid.awaitSameEverywhere();
            assertThat(grid.fatal).isEmpty();
            // The log behind an installed snapshot is gone: after a power loss it is all that there is.
            assertThat(forced.paths(folder.resolve("forced.jfr")))
                    .filteredOn(path -> path.contains("/" + away + "/") && path.matches(".*/snapshot\\.\\d+_\\d+"))
                    .hasSizeGreaterThanOrEqualTo(3);
        }
    }

    private Outcome.Granted grantWhileAway(MemberGrid grid, Partition partition, String away, int round)
            throws Exception {
        boolean restart = round == 1;
        if (restart) {
            grid.stop(away);
        } else {
            partition.cutOff(away);
        }
        long missed = lastIndex(grid);
        var granted = (Outcome.Granted) grid.run(tryAcquire("round " + round));
        grid.appendEntries(ENTRIES);
        String leader = grid.changeLeader();
        grid.appendEntries(ENTRIES + 10);
        TestGrid.await("a purged log", () -> grid.firstLogIndex(leader) > missed + 1);
        if (restart) {
            grid.start(away);
        } else {
            partition.heal();
        }
        grid.awaitSameEverywhere();
        return granted;
    }

    private static long lastIndex(MemberGrid grid) {
        return grid.member(grid.awaitLeader()).position().index();
    }

    private static void assertSameState(MemberGrid grid, String id) throws IOException {
        assertThat(bytes(grid.member(id).position().space()))
                .isEqualTo(bytes(grid.member(grid.awaitLeader()).position().space()));
    }

    private static byte[] bytes(LockSpace space) throws IOException {
        var out = new ByteArrayOutputStream();
        SnapshotCodec.write(space, out);
        return out.toByteArray();
    }

    private static Command tryAcquire(String lock) {
        return new Command.TryAcquire(new LockName("test", lock), lock, new Holder("test", lock), HOUR);
    }
}
