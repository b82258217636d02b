package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.cluster.FinishedCommand;
import io.lockgrid.testkit.cluster.NodeProcess;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.log.FileDamage;
import io.lockgrid.testkit.log.ReplicasEqual;
import io.lockgrid.testkit.workload.GridHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A node that does not start on its log comes back the way that it names, and is equal to the others then. */
@Tag("cluster")
class RepairTest {
    private static final Duration END_MAX = Duration.ofSeconds(40);
    private static final int DAMAGED = 2;
    private static final int LOCKS = 40;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void nodeWhoseLastWriteWasTornIsRepairedAndEqualsTheOthers() {
        try (ProcessCluster cluster = Clusters.startThree(folder);
                GridHttp http = Clusters.http(cluster)) {
            NodeProcess node = killAfterSomeWork(cluster, http);
            FileDamage.tearTail(node.data(), new Random(1));
            assertThat(startRefused(node)).contains("'lockgrid repair --data " + node.data() + "'");

            FinishedCommand repaired = repair(node);

            assertThat(repaired.err()).isEmpty();
            assertThat(repaired.exitCode()).isZero();
            assertThat(repaired.out().getFirst()).startsWith("Cut ").contains("log_inprogress_");
            assertComesBack(cluster, http);
        }
    }

    @Test
    void nodeWhoseLogChangedIsNotRepairedButReplacedAndEqualsTheOthers() throws IOException {
        try (ProcessCluster cluster = Clusters.startThree(folder);
                GridHttp http = Clusters.http(cluster)) {
            NodeProcess node = killAfterSomeWork(cluster, http);
            FileDamage.flipByteInLog(node.data(), new Random(1));
            startRefused(node);

            FinishedCommand refused = repair(node);

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err())
                    .singleElement()
                    .asString()
                    .startsWith("lockgrid: the log file " + node.data())
                    .contains("nothing was changed; replace the node", "move " + node.data() + " away");
            Files.move(node.data(), folder.resolve("away"));
            assertComesBack(cluster, http);
        }
    }

    private static NodeProcess killAfterSomeWork(ProcessCluster cluster, GridHttp http) {
        takeLocks(http, "before");
        cluster.kill(DAMAGED);
        takeLocks(http, "without");
        return cluster.node(DAMAGED);
    }

    private static void takeLocks(GridHttp http, String prefix) {
        for (int i = 0; i < LOCKS; i++) {
            String name = prefix + i;
            Map<String, ?> body = Map.of("resourceId", name, "lockOwner", name, "expiryInSeconds", 3_600);
            assertThat(http.anyPost("/v1.0-alpha1/lock/repair", body).status()).isEqualTo(200);
        }
    }

    /** What it says when it does not start. */
    private static String startRefused(NodeProcess node) {
        FinishedCommand refused = FinishedCommand.run(node.command(), END_MAX);
        assertThat(refused.exitCode()).isEqualTo(1);
        return refused.err().getLast();
    }

    private static FinishedCommand repair(NodeProcess node) {
        List<String> start = node.command();
        List<String> command = new ArrayList<>(start.subList(0, start.indexOf("node")));
        command.addAll(List.of("repair", "--data", node.data().toString()));
        return FinishedCommand.run(command, END_MAX);
    }

    private static void assertComesBack(ProcessCluster cluster, GridHttp http) {
        cluster.start(DAMAGED);
        cluster.awaitReady(DAMAGED, Clusters.START_MAX);
        takeLocks(http, "after");
        for (int i = 1; i <= cluster.size(); i++) {
            assertThat(cluster.stop(i)).isZero();
        }
        List<Path> folders = Stream.of(1, 2, 3).map(cluster::data).toList();
        assertThat(ReplicasEqual.findings(folders)).isEmpty();
    }
}
