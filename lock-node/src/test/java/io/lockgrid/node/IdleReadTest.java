package io.lockgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read on a grid that nobody else uses. */
@Tag("grid")
class IdleReadTest {
    /** Half of it passes between two heartbeats: longer than a read waits for its node to catch up. */
    private static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(20);

    private static final int READS = 5;

    @TempDir
    Path folder;

    @Test
    void aFollowerAnswersWithoutWaitingForAHeartbeat() throws Exception {
        try (TestGrid grid = TestGrid.of(3, folder, NodeConfig.SNAPSHOT_ENTRIES).electionTimeout(ELECTION_TIMEOUT)) {
            grid.startAll();
            String leader = grid.awaitLeader();
            String follower = grid.ids().stream()
                    .filter(id -> !id.equals(leader))
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < READS; i++) {
                assertThat(grid.node(follower)
                                .locks()
                                .read()
                                .toCompletableFuture()
                                .get(30, TimeUnit.SECONDS)
                                .index())
                        .isPositive();
            }
        }
    }
}
