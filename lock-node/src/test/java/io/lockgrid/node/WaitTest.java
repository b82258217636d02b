package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.enqueue;
import static io.lockgrid.node.TestGrid.name;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.read;
import static io.lockgrid.node.TestGrid.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Lock.Standing;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.LockService.View;
import io.lockgrid.statemachine.service.SubmitException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for a ticket, on every node of a cluster. */
@Tag("grid")
class WaitTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    @Test
    void aGrantIsToldOnEveryNodeAndANodeThatStopsSaysSo() throws Exception {
        try (TestGrid grid = TestGrid.started(3, folder)) {
            LockService any = grid.node("n1").locks();
            for (String ticket : List.of("a", "b", "c")) {
                outcome(any, enqueue("db", ticket, HOUR));
            }
            List<CompletableFuture<View>> granted = waits(grid, "b");
            List<CompletableFuture<View>> stopped = waits(grid, "c");
            assertThat(granted).noneMatch(CompletableFuture::isDone);

            outcome(any, release("db", "a"));
            for (CompletableFuture<View> each : granted) {
                View view = each.get(20, TimeUnit.SECONDS);
                assertThat(view.space().lock(name("db")).orElseThrow().find("b"))
                        .get()
                        .isInstanceOf(Standing.Holding.class);
            }
            assertThat(stopped).noneMatch(CompletableFuture::isDone);

            grid.stopAll();
            for (CompletableFuture<View> each : stopped) {
                assertThat(each)
                        .failsWithin(Duration.ZERO)
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(SubmitException.NotSent.class);
            }
        }
    }

    /** One on each node, once that has seen the ticket in the queue. */
    private static List<CompletableFuture<View>> waits(TestGrid grid, String ticket) throws Exception {
        List<CompletableFuture<View>> waits = new ArrayList<>();
        for (LockNode node : grid.running()) {
            assertThat(read(node.locks()).space().isWaiting(name("db"), ticket)).isTrue();
            waits.add(node.locks().settled(name("db"), ticket).toCompletableFuture());
        }
        return waits;
    }
}
