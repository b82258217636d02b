package io.lockgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lock that is handed on while nothing else happens. */
@Tag("grid")
class HandOverNewsTest {
    /** Half of it passes between two heartbeats. */
    private static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(60);

    private static final int TURNS = 30;

    /** While a lease lives there is a tick a second, which followers would hear of a turn with. */
    private static final Duration TIME_MAX = Duration.ofMillis(250 * TURNS);

    private static final LockName LOCK = new LockName("test", "hot");

    @TempDir
    Path folder;

    @Test
    void isKnownToTheFollowersAtOnce() throws Exception {
        try (TestGrid grid = TestGrid.of(3, folder, NodeConfig.SNAPSHOT_ENTRIES).electionTimeout(ELECTION_TIMEOUT)) {
            grid.startAll();
            String leader = grid.awaitLeader();
            String follower = grid.ids().stream()
                    .filter(id -> !id.equals(leader))
                    .findFirst()
                    .orElseThrow();
            for (int turn = 0; turn <= TURNS; turn++) {
                run(grid.node(leader), new Command.Enqueue(LOCK, "t" + turn, new Holder("test", "me"), 60_000, 100));
            }

            long began = System.nanoTime();
            for (int turn = 0; turn < TURNS; turn++) {
                run(grid.node(leader), new Command.ReleaseTicket(LOCK, "t" + turn));
                String next = "t" + (turn + 1);
                TestGrid.await("the next turn", () -> isHeldBy(grid.node(follower), next));
            }

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TIME_MAX);
        }
    }

    private static void run(LockNode node, Command command) throws Exception {
        node.locks().submit(command).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static boolean isHeldBy(LockNode node, String ticket) {
        return node.locks()
                .status()
                .space()
                .lock(LOCK)
                .flatMap(Lock::holder)
                .filter(hold -> hold.ticket().id().equals(ticket))
                .isPresent();
    }
}
