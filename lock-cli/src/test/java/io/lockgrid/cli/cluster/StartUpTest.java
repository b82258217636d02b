package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.cluster.ProcessCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** How soon three nodes serve. */
@Tag("cluster")
class StartUpTest {
    /** The promise is 8 s; a machine that is busy with other things takes longer. */
    private static final Duration READY_MAX = Duration.ofSeconds(40);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void threeNodesAreReadySoon() {
        try (ProcessCluster cluster = Clusters.ofThree(folder)) {
            cluster.startAll();
            Duration ready = cluster.awaitReady(Clusters.START_MAX);
            System.out.printf("start: three nodes ready after %s%n", ready);
            assertThat(ready).isLessThan(READY_MAX);
        }
    }
}
