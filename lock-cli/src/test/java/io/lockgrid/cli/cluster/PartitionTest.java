package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.Cluster;
import io.lockgrid.testkit.cluster.Network;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Packets between containers are dropped: a node that hears nobody says nothing, and the others go on. */
@Tag("cluster")
class PartitionTest {
    /** The promise is 5 s; a busy machine adds to it. */
    private static final Duration TAKE_OVER_MAX = Duration.ofSeconds(30);

    private static final Duration HEALED_MAX = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void aLeaderThatIsCutOffIsReplacedAndAnswersNoReads() {
        try (Cluster cluster = Containers.startThree(folder);
                GridHttp http = Clusters.http(cluster)) {
            Network network = cluster.network().orElseThrow();
            int leader = cluster.awaitLeader(Clusters.START_MAX);
            int other = leader % cluster.size() + 1;
            assertThat(lock(http, cluster.httpUri(leader), "lock", "before").status())
                    .isEqualTo(200);

            others(cluster, leader).forEach(i -> {
                network.cut(leader, i);
                network.cut(i, leader);
            });
            Duration takeOver = Await.until(
                    () -> unlock(http, cluster.httpUri(other), "lock", "before"), TAKE_OVER_MAX, () -> "no take-over");
            Reply after = lock(http, cluster.httpUri(other), "lock", "after");
            Reply read = list(http, cluster.httpUri(leader));
            Reply write = lock(http, cluster.httpUri(leader), "lock", "late");
            assertThat(after.status()).isEqualTo(200);
            assertThat(read.status()).as("%s", read).isEqualTo(503);
            assertThat(write.status()).as("%s", write).isEqualTo(503);

            network.heal();
            Duration healed = Await.until(
                    () -> list(http, cluster.httpUri(leader)).body().contains("\"fencingToken\":" + after.token()),
                    HEALED_MAX,
                    () -> "the old leader does not serve again; " + cluster.lastWords(leader));
            System.out.printf("leader cut off: others served after %s, it again %s after healing%n", takeOver, healed);
        }
    }

    @Test
    void aLeaderWhoseWordsAreLostIsReplacedThoughItHearsTheOthers() {
        try (Cluster cluster = Containers.startThree(folder);
                GridHttp http = Clusters.http(cluster)) {
            Network network = cluster.network().orElseThrow();
            int leader = cluster.awaitLeader(Clusters.START_MAX);
            int other = leader % cluster.size() + 1;

            others(cluster, leader).forEach(i -> network.cut(leader, i));
            Duration takeOver = Await.until(
                    () -> lock(http, cluster.httpUri(other), "lock", "o").status() == 200,
                    TAKE_OVER_MAX,
                    () -> "no take-over");
            assertThat(cluster.awaitLeader(TAKE_OVER_MAX)).isNotEqualTo(leader);

            network.heal();
            Duration healed = Await.until(
                    () -> list(http, cluster.httpUri(leader)).body().contains("\"status\":\"acquired\""),
                    HEALED_MAX,
                    () -> "the old leader does not serve again; " + cluster.lastWords(leader));
            System.out.printf("one-way cut: others served after %s, it again %s after healing%n", takeOver, healed);
        }
    }

    @Test
    void aNodeKeepsItsAddressAndTheCutsAroundItWhenItIsKilledAndStarted() {
        try (Cluster cluster = Containers.startThree(folder);
                GridHttp http = Clusters.http(cluster)) {
            Network network = cluster.network().orElseThrow();
            int follower = cluster.awaitLeader(Clusters.START_MAX) % cluster.size() + 1;
            URI address = cluster.httpUri(follower);

            others(cluster, follower).forEach(i -> network.cut(i, follower));
            cluster.kill(follower);
            assertThat(cluster.isRunning(follower)).isFalse();
            cluster.start(follower);
            Await.until(
                    () -> http.get(address, "/livez").status() == 200,
                    Clusters.START_MAX,
                    () -> cluster.lastWords(follower));
            assertThat(list(http, address).status()).isEqualTo(503);

            network.heal();
            cluster.awaitReady(follower, HEALED_MAX);
            assertThat(cluster.httpUri(follower)).isEqualTo(address);
            assertThat(cluster.data(follower)).isNotEmptyDirectory();
            cluster.pause(follower);
            assertThat(cluster.isPaused(follower)).isTrue();
            cluster.resume(follower);
            cluster.awaitReady(follower, HEALED_MAX);
            assertThat(cluster.stop(follower)).as(cluster.lastWords(follower)).isZero();
        }
    }

    @Test
    void aFifthOfThePacketsLostStopsNobody() {
        try (Cluster cluster = Containers.startThree(folder);
                GridHttp http = Clusters.http(cluster)) {
            Network network = cluster.network().orElseThrow();
            IntStream.rangeClosed(1, cluster.size()).forEach(i -> network.lose(i, 0.2));
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                String owner = "owner" + i;
                String name = "lock" + i;
                URI node = cluster.httpUri(i % cluster.size() + 1);
                Await.until(
                        () -> lock(http, node, name, owner).status() == 200 && unlock(http, node, name, owner),
                        TAKE_OVER_MAX,
                        () -> "not served; " + cluster.lastWords(1));
            }
            System.out.printf("a fifth lost: 20 locks in %s%n", Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static IntStream others(Cluster cluster, int node) {
        return IntStream.rangeClosed(1, cluster.size()).filter(i -> i != node);
    }

    private static Reply lock(GridHttp http, URI node, String name, String owner) {
        return http.post(
                node,
                "/v1.0-alpha1/lock/fleet",
                Map.of("resourceId", name, "lockOwner", owner, "expiryInSeconds", 600));
    }

    /** Whether it is known that the owner does not hold the lock. */
    private static boolean unlock(GridHttp http, URI node, String name, String owner) {
        Reply reply = http.post(node, "/v1.0-alpha1/unlock/fleet", Map.of("resourceId", name, "lockOwner", owner));
        return reply.status() == 200;
    }

    private static Reply list(GridHttp http, URI node) {
        return http.get(node, "/sfp/api/locks/fleet/lock");
    }
}
