package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.await;

import io.lockgrid.statemachine.service.LockService.Members;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many nodes the leader hears, asked of any node. */
@Tag("grid")
class MembersTest {
    @TempDir
    Path folder;

    @Test
    void everyNodeSaysHowManyNodesTheLeaderHears() {
        try (TestGrid grid = TestGrid.started(3, folder)) {
            String leader = grid.awaitLeader();
            List<String> followers =
                    grid.ids().stream().filter(id -> !id.equals(leader)).toList();
            awaitEverywhere(grid, 3);

            grid.stop(followers.getFirst());
            awaitEverywhere(grid, 2);

            grid.stop(followers.getLast());
            awaitEverywhere(grid, 0);

            grid.start(followers.getFirst());
            awaitEverywhere(grid, 2);
        }
    }

    private static void awaitEverywhere(TestGrid grid, int reachable) {
        for (LockNode node : grid.running()) {
            await(reachable + " of 3 nodes", () -> members(node).equals(new Members(3, reachable)));
        }
    }

    private static Members members(LockNode node) {
        return node.locks()
                .members()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
