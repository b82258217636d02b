package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockgrid.testkit.cluster.ProcessCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A workload that nobody runs stops working; this runs each of the load driver for a moment. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private ProcessCluster cluster;

    @BeforeAll
    void start() {
        cluster = Clusters.startThree(folder);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({
        "own, dapr, acquire release",
        "own, sfp, acquire release",
        "own, opensearch, acquire release",
        "own, grpc, acquire release",
        "hot, sfp, queue wait release hand-over",
        "fanin, sfp, wait release hand-over",
        "renew, opensearch, ''",
        "expiry, sfp, acquire release watch",
        "read, sfp, ''",
        "list, opensearch, acquire release list",
    })
    void everyWorkloadRunsWithoutAnError(String workload, String api, String operations) throws IOException {
        JsonNode report = run("--workload", workload, "--api", api, "--locks", "60");
        assertThat(report.path("cycles").asLong()).as("cycles").isPositive();
        assertThat(report.path("errors").asLong()).as("errors").isZero();
        assertThat(report.path("logEntries").asLong()).as("log entries").isPositive();
        for (String operation : operations.isEmpty() ? List.<String>of() : List.of(operations.split(" ", -1))) {
            assertThat(report.path("times").path(operation).path("p50").asDouble())
                    .as("ms of " + operation)
                    .isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"dapr", "sfp"})
    void anOpenLoopKeepsItsPace(String api) throws IOException {
        JsonNode report = run("--workload", "own", "--api", api, "--rate", "20");
        assertThat(report.path("loop").asText()).isEqualTo("open");
        assertThat(report.path("cycles").asLong()).isBetween(5L, 60L);
    }

    @Test
    void thePageOfARunShowsItsPlotsAndLoadsNothing() throws IOException {
        Path page = folder.resolve("run.html");
        run("--workload", "own", "--html", page.toString());
        assertThat(Files.readString(page))
                .contains("<h1>own over dapr</h1>", "<svg", "<polyline", "<td>acquire", "Log entries:")
                .doesNotContain("<script", "<link", "src=", "NaN")
                .endsWith("</html>\n");
    }

    /** A run of a second after a second of warm-up, or one that ends by itself. */
    private JsonNode run(String... more) throws IOException {
        Path json = folder.resolve("run.json");
        String servers = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> cluster.httpUri(i).toString())
                .collect(Collectors.joining(","));
        List<String> arguments = new ArrayList<>(List.of("run", "--server", servers, "--json", json.toString()));
        arguments.addAll(List.of("--clients", "4", "--seconds", "1", "--warmup", "1"));
        arguments.addAll(List.of(more));
        StringWriter said = new StringWriter();
        CommandLine bench = io.lockgrid.bench.Main.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said));
        assertThat(bench.execute(arguments.toArray(String[]::new)))
                .as(said.toString())
                .isZero();
        return JSON.readTree(json.toFile());
    }
}
