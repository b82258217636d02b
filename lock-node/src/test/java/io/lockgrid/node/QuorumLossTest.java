package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.name;
import static io.lockgrid.node.TestGrid.outcome;
import static io.lockgrid.node.TestGrid.read;
import static io.lockgrid.node.TestGrid.release;
import static io.lockgrid.node.TestGrid.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.SubmitException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node says while it has no quorum. */
@Tag("grid")
class QuorumLossTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long ANSWERED_WITHIN_SECONDS = 5;

    @TempDir
    Path folder;

    @Test
    void aNodeWithoutAQuorumSaysSoWithinFiveSecondsAndServesNoRead() throws Exception {
        try (TestGrid grid = TestGrid.started(3, folder)) {
            String leader = grid.awaitLeader();
            LockService locks = grid.node(leader).locks();
            assertThat(outcome(locks, tryAcquire("db", "a", HOUR))).isInstanceOf(Outcome.Granted.class);
            List<String> others =
                    grid.ids().stream().filter(id -> !id.equals(leader)).toList();

            grid.stopTogether(others);
            assertUndecided(locks); // It may lead still, as far as it knows.
            await("that it knows", () -> !locks.status().ready());
            assertThat(locks.status().notReady()).contains("no leader is known");
            assertUndecided(locks);

            grid.start(others.getFirst());
            grid.awaitLeader();
            assertThat(read(locks).space().lock(name("db")).orElseThrow().holder())
                    .isPresent();
            assertThat(outcome(locks, release("db", "a"))).isInstanceOf(Outcome.Released.class);
        }
    }

    /** All at once, as they would come: none is answered with success, and none waits longer than the others. */
    private static void assertUndecided(LockService locks) throws Exception {
        List<CompletionStage<?>> asked = List.of(
                locks.submit(tryAcquire("other", "b", HOUR)), locks.read(), locks.submit(release("db", "nobody")));
        for (CompletionStage<?> one : asked) {
            CompletableFuture<Throwable> failure = one.handle((answer, thrown) -> thrown)
                    .toCompletableFuture()
                    .orTimeout(ANSWERED_WITHIN_SECONDS, TimeUnit.SECONDS);
            Throwable thrown = failure.get();
            assertThat(thrown instanceof CompletionException ? thrown.getCause() : thrown)
                    .isInstanceOfAny(SubmitException.NotSent.class, SubmitException.OutcomeUnknown.class);
        }
    }
}
