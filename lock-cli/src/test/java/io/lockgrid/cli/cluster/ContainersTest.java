package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.cluster.Cluster;
import io.lockgrid.testkit.cluster.FinishedCommand;
import io.lockgrid.testkit.cluster.Launch;
import io.lockgrid.testkit.cluster.container.ContainerCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Clusters of containers leave nothing behind, not even those of a test that was killed. */
@Tag("cluster")
class ContainersTest {
    private static final String OWNER = "io.lockgrid.testkit.owner=";
    /** A process that is there, but was born at another time, so that its number was given twice. */
    private static final String GONE = OWNER + ProcessHandle.current().pid() + "@0";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void whatAKilledTestLeftBehindIsRemovedAndWhatALiveOneUsesIsNot() {
        String image = Containers.image();
        docker("create", "--label", GONE, image);
        docker("network", "create", "--label", GONE, "lockgrid-test-left-behind");
        assertThat(madeBy(GONE)).hasSize(2);
        try (Cluster first = new ContainerCluster(image, folder.resolve("first"), 1, i -> Launch.with());
                Cluster second = new ContainerCluster(image, folder.resolve("second"), 1, i -> Launch.with())) {
            assertThat(madeBy(GONE)).isEmpty();
            first.startAll();
            first.awaitReady(Clusters.START_MAX);
            second.startAll();
            assertThat(madeBy(own())).as("two networks, hosts and nodes").hasSize(6);
        }
        assertThat(madeBy(own())).isEmpty();
    }

    private static String own() {
        Instant birth = ProcessHandle.current().info().startInstant().orElseThrow();
        return OWNER + ProcessHandle.current().pid() + "@" + birth.toEpochMilli();
    }

    private static List<String> madeBy(String label) {
        List<String> made = new ArrayList<>(docker("ps", "--all", "--quiet", "--filter", "label=" + label));
        made.addAll(docker("network", "ls", "--quiet", "--filter", "label=" + label));
        return made;
    }

    private static List<String> docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        FinishedCommand done = FinishedCommand.run(command, Duration.ofMinutes(1));
        assertThat(done.exitCode()).as("%s", done).isZero();
        return done.out();
    }
}
