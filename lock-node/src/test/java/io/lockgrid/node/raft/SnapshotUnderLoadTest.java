package io.lockgrid.node.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot of many locks takes a while, in which the log goes on. */
@Tag("grid")
class SnapshotUnderLoadTest {
    private static final int LOCKS = 200_000;
    private static final int BATCH = 2_000;
    private static final long HOUR = 3_600_000;

    @TempDir
    Path folder;

    @Test
    void commandsAreAnsweredWhileASnapshotIsWritten() throws Exception {
        int batches = LOCKS / BATCH;
        try (MemberGrid grid = new MemberGrid(1, folder, batches)) {
            grid.startAll();
            for (int i = 0; i < batches; i++) {
                grid.run(take("held", i * BATCH, BATCH));
            }
            int answered = 0;
            int answeredMeanwhile = 0;
            while (grid.snapshots("n1").isEmpty()) {
                boolean before = grid.isWritingSnapshot("n1");
                Outcome outcome =
                        grid.run(take("new", answered++, 1)).outcomes().getFirst();
                assertThat(outcome).isInstanceOf(Outcome.Granted.class);
                if (before && grid.isWritingSnapshot("n1")) {
                    answeredMeanwhile++;
                }
            }
            assertThat(answeredMeanwhile).isPositive();
            assertThat(grid.member("n1").position().space().heldCount()).isEqualTo(LOCKS + answered);
            assertThat(grid.fatal).isEmpty();
        }
    }

    private static List<Command> take(String lock, int from, int count) {
        return IntStream.range(from, from + count)
                .<Command>mapToObj(i -> new Command.TryAcquire(
                        new LockName("test", lock + i), lock + i, new Holder("test", "me"), HOUR))
                .toList();
    }
}
