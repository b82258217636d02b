package io.lockgrid.cli.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockgrid.testkit.cluster.Launch;
import io.lockgrid.testkit.cluster.container.ContainerCluster;
import java.nio.file.Path;

/** Clusters of containers of the image that {@code scripts/test} made of this build. */
final class Containers {
    private Containers() {}

    /** The image; the test is skipped where none was made. */
    static String image() {
        String image = System.getProperty("lockgrid.image", "");
        assumeTrue(!image.isEmpty(), "no -Dlockgrid.image=NAME: scripts/test makes it where a Docker engine answers");
        return image;
    }

    /** Three nodes that serve. */
    static ContainerCluster startThree(Path folder) {
        ContainerCluster cluster = new ContainerCluster(image(), folder, 3, i -> Launch.with());
        try {
            cluster.startAll();
            cluster.awaitReady(Clusters.START_MAX);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }
}
