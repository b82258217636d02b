package io.lockgrid.node.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.raft.LogSender.Sent;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batches that several nodes send at the same time. */
@Timeout(60)
@Tag("grid")
class LeaderLogTest {
    private static final int BATCHES = 300;

    @TempDir
    Path folder;

    @Test
    void batchesOfAllNodesShareEntriesAndEachGetsItsOwnOutcomes() throws Exception {
        try (MemberGrid grid = new MemberGrid(3, folder, 100_000)) {
            grid.startAll();
            RaftMember leader = grid.member(grid.awaitLeader());
            long before = leader.position().index();

            List<CompletionStage<Sent>> sent = new ArrayList<>();
            for (int i = 0; i < BATCHES; i++) {
                String node = "n" + (1 + i % 3);
                sent.add(grid.member(node).sender().send(Optional.of(batch(i))));
            }

            Set<Long> entries = new HashSet<>();
            for (int i = 0; i < BATCHES; i++) {
                Sent one = sent.get(i).toCompletableFuture().get(30, TimeUnit.SECONDS);
                var reply = ((Sent.Applied) one).reply();
                assertThat(((Outcome.Granted) reply.outcomes().getFirst()).ticket())
                        .isEqualTo("t" + i);
                assertThat(reply.outcomes()).hasSize(1);
                entries.add(reply.index());
            }
            assertThat(entries).hasSizeLessThan(BATCHES / 2);
            assertThat(leader.position().index() - before).isEqualTo(entries.size());
        }
    }

    private static Batch batch(int number) {
        LockName lock = new LockName("test", "lock-" + number);
        return new Batch(
                1_000 + number,
                1,
                1,
                List.of(new Command.TryAcquire(lock, "t" + number, new Holder("test", "me"), 60_000)));
    }
}
