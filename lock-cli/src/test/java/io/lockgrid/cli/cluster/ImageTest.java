package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.FinishedCommand;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The container image as its users meet it: by docker, and by the compose file. */
@Tag("cluster")
class ImageTest {
    private static final Duration COMMAND_MAX = Duration.ofMinutes(2);
    private static final long BYTES_MAX = 200_000_000;
    private static final String COMPOSE = "docker-compose";

    @Test
    void theImageIsSmallAndRunsAsNobodySpecial() {
        FinishedCommand inspected = run(
                "docker", "image", "inspect", "--format", "{{.Size}}{{\"\\n\"}}{{.Config.User}}", Containers.image());
        assertThat(Long.parseLong(inspected.out().getFirst())).isLessThan(BYTES_MAX);
        assertThat(inspected.out().getLast()).isEqualTo("7700:7700");
    }

    @Test
    void aNodeWithoutAnOwnerTokenSaysWhatIsMissing() {
        FinishedCommand refused =
                run("docker", "run", "--rm", Containers.image(), "node", "--id", "n1", "--peers", "n1=localhost:7801");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).singleElement().asString().contains("--owner-token-file");
    }

    @Test
    void theComposeFileStartsThreeNodesThatServeWhoShowsTheOwnerToken() {
        String image = Containers.image();
        assumeTrue(
                Pattern.compile(":")
                        .splitAsStream(System.getenv("PATH"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMPOSE))),
                COMPOSE + " is not installed");
        // Ports of the system's choice would change when a container starts again.
        List<String> compose = List.of(
                "env",
                "LOCKGRID_IMAGE=" + image,
                "LOCKGRID_PORT_1=27701",
                "LOCKGRID_PORT_2=27702",
                "LOCKGRID_PORT_3=27703",
                COMPOSE,
                "--project-name",
                "lockgrid-test",
                "--file",
                Path.of("..", "deploy", "compose.yaml").toString());
        run(with(compose, "down", "--volumes"));
        try {
            assertThat(run(with(compose, "up", "--detach")).exitCode()).isZero();
            String token = ownerToken(compose);
            List<URI> nodes = Stream.of(27701, 27702, 27703)
                    .map(port -> URI.create("http://127.0.0.1:" + port))
                    .toList();
            try (GridHttp known = new GridHttp(nodes, caller -> List.of("dapr-api-token", token));
                    GridHttp stranger = new GridHttp(nodes)) {
                nodes.forEach(node -> Await.until(
                        () -> known.get(node, "/readyz").status() == 200,
                        COMMAND_MAX,
                        () -> node + " is not ready: "
                                + run(with(compose, "logs", "--tail", "3")).out()));
                assertThat(lock(known, nodes.get(1)).body()).isEqualTo("{\"success\":true}");
                assertThat(lock(known, nodes.get(2)).body()).isEqualTo("{\"success\":false}");
                assertThat(lock(stranger, nodes.get(0)).status()).isEqualTo(401);
            }
            Await.until(
                    () -> healthy() == nodes.size(),
                    Clusters.START_MAX,
                    () -> "the health checks do not see that the nodes are ready");
        } finally {
            run(with(compose, "down", "--volumes"));
        }
    }

    private static String ownerToken(List<String> compose) {
        String[] token = new String[1];
        Await.until(
                () -> {
                    FinishedCommand read = run(with(compose, "exec", "-T", "n1", "cat", "/run/lockgrid/owner-token"));
                    token[0] = String.join("", read.out());
                    return read.exitCode() == 0;
                },
                Clusters.START_MAX,
                () -> "the owner token cannot be read");
        return token[0];
    }

    private static int healthy() {
        return run("docker", "ps", "--quiet", "--filter", "health=healthy", "--filter", "name=^lockgrid-test_")
                .out()
                .size();
    }

    private static Reply lock(GridHttp http, URI node) {
        return http.post(
                node, "/v1.0-alpha1/lock/demo", Map.of("resourceId", "db", "lockOwner", "me", "expiryInSeconds", 60));
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }

    private static FinishedCommand run(String... command) {
        return run(List.of(command));
    }

    private static FinishedCommand run(List<String> command) {
        return FinishedCommand.run(command, COMMAND_MAX);
    }
}
