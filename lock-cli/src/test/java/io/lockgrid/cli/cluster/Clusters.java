package io.lockgrid.cli.cluster;

import io.lockgrid.testkit.cluster.Cluster;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.workload.GridHttp;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Clusters of the distribution that this build packed. */
final class Clusters {
    /** Generous: three JVMs may have to share the machine with others. */
    static final Duration START_MAX = Duration.ofSeconds(60);

    private Clusters() {}

    /** Three nodes that do not run yet. */
    static ProcessCluster ofThree(Path folder, String... options) {
        return new ProcessCluster(distribution(), folder, 3, options);
    }

    /** Three nodes that serve. */
    static ProcessCluster startThree(Path folder, String... options) {
        ProcessCluster cluster = ofThree(folder, options);
        try {
            cluster.startAll();
            cluster.awaitReady(START_MAX);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Requests to the nodes of a cluster. */
    static GridHttp http(Cluster cluster) {
        List<URI> nodes = IntStream.rangeClosed(1, cluster.size())
                .mapToObj(cluster::httpUri)
                .toList();
        return new GridHttp(nodes, cluster::headers);
    }

    /** Folder of the distribution, as the build says. */
    static Path distribution() {
        String folder = System.getProperty("lockgrid.distribution");
        if (folder == null) {
            throw new IllegalStateException("-Dlockgrid.distribution=DIR is missing: run this by scripts/test");
        }
        return Path.of(folder);
    }
}
