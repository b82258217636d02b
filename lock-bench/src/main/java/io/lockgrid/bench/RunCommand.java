package io.lockgrid.bench;

import io.lockgrid.bench.driver.Driver;
import io.lockgrid.bench.driver.Listeners;
import io.lockgrid.bench.driver.Measured;
import io.lockgrid.bench.driver.Plan;
import io.lockgrid.bench.report.Console;
import io.lockgrid.bench.report.JsonReport;
import io.lockgrid.bench.report.Subject;
import io.lockgrid.bench.wire.Api;
import io.lockgrid.bench.wire.LogIndex;
import io.lockgrid.bench.workload.Kind;
import io.lockgrid.bench.workload.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench run}. */
@Command(name = "run", description = "Drives a running cluster, for example that of scripts/cluster start.")
final class RunCommand implements Callable<Integer> {
    private static final int ERRORS = 3;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--workload", required = true, description = "What the clients do: ${COMPLETION-CANDIDATES}.")
    Kind kind = Kind.OWN;

    @Option(names = "--api", defaultValue = "dapr", description = "What they speak: ${COMPLETION-CANDIDATES}.")
    Api api = Api.DAPR;

    @Option(names = "--clients", defaultValue = "64", description = "How many there are, each with a connection.")
    int clients;

    @Option(names = "--seconds", defaultValue = "10", description = "How long is measured.")
    int seconds;

    @Option(names = "--warmup", defaultValue = "3", description = "How many seconds go before that do not count.")
    int warmUp;

    @Option(
            names = "--rate",
            description = "Cycles a second of all clients together (open loop); without it each"
                    + " client begins a cycle when its last one is over (closed loop).")
    double rate;

    @Option(
            names = "--server",
            split = ",",
            defaultValue = "http://127.0.0.1:7701,http://127.0.0.1:7702,http://127.0.0.1:7703",
            description = "The servers, over which the clients are spread.")
    List<URI> servers = List.of();

    @Option(
            names = "--pid",
            split = ",",
            description = "The server's processes, the CPU time of which is shown."
                    + " Default: those of this machine that listen at the servers' ports.")
    List<Long> processes = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write what was measured there, too.")
    @Nullable
    Path json;

    @Override
    public Integer call() throws IOException {
        check(kind.apis().contains(api), "--workload " + kind + " needs --api " + kind.apis());
        check(clients > 0 && seconds > 0 && warmUp >= 0 && rate >= 0, "numbers below 0, and no clients or seconds");
        check(
                json == null || Files.isDirectory(json.toAbsolutePath().resolveSibling(".")),
                "--json: there is no such folder");
        PrintWriter out = spec.commandLine().getOut();
        var console = new Console(out);
        var subject = new Subject(
                kind.toString(),
                api.toString(),
                servers.stream().map(URI::toString).toList(),
                Instant.now());
        var target = new Target(api, servers, Long.toString(System.currentTimeMillis(), 36));
        List<Long> watched = processes.isEmpty() ? Listeners.processes(servers) : processes;
        var driver = new Driver(
                new Plan(clients, warmUp, seconds, rate), watched, new LogIndex(servers.getFirst()), console::progress);
        Measured measured = driver.run(kind.of(target));
        console.summary(subject, measured);
        if (json != null) {
            Files.writeString(json, JsonReport.of(subject, measured).toPrettyString() + "\n");
        }
        return measured.tally().errors().isEmpty() && measured.cycles() > 0 ? 0 : ERRORS;
    }

    private void check(boolean holds, String complaint) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), complaint);
        }
    }
}
