package io.lockgrid.bench;

import io.lockgrid.bench.driver.Driver;
import io.lockgrid.bench.driver.Listeners;
import io.lockgrid.bench.driver.Measured;
import io.lockgrid.bench.driver.Plan;
import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.report.Console;
import io.lockgrid.bench.report.HtmlPage;
import io.lockgrid.bench.report.JsonReport;
import io.lockgrid.bench.report.Subject;
import io.lockgrid.bench.wire.Api;
import io.lockgrid.bench.wire.LogIndex;
import io.lockgrid.bench.workload.Kind;
import io.lockgrid.bench.workload.Target;
import java.io.IOException;
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

    private static final int ONE_EVENT_SECONDS_MAX = 600;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--workload", required = true, description = "What the clients do: ${COMPLETION-CANDIDATES}.")
    Kind kind = Kind.OWN;

    @Option(
            names = "--api",
            description = "What they speak: ${COMPLETION-CANDIDATES}. Default: dapr for own, sfp for"
                    + " hot, fanin, expiry and read, opensearch for renew and list.")
    @Nullable
    Api api;

    @Option(names = "--clients", defaultValue = "64", description = "How many there are, each with a connection.")
    int clients;

    @Option(
            names = "--locks",
            description = "How many locks there are at once, or with fanin tickets. Default: 10000"
                    + " for fanin and renew, 100000 for expiry and list; the others have no use for it.")
    int locks;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "How long is measured; fanin and expiry go on until they are over.")
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

    @Option(names = "--html", paramLabel = "FILE", description = "Write it there as a page with plots, too.")
    @Nullable
    Path html;

    @Override
    public Integer call() throws IOException {
        Api spoken = api == null ? kind.apis().iterator().next() : api;
        check(kind.apis().contains(spoken), "--workload " + kind + " needs --api " + kind.apis());
        check(
                clients >= kind.clientsMin(),
                "--workload " + kind + " needs --clients " + kind.clientsMin() + " or more");
        check(seconds > 0 && warmUp >= 0 && rate >= 0 && locks >= 0, "--seconds is from 1 on, other numbers from 0 on");
        check(
                servers.stream().allMatch(RunCommand::isHttp),
                "--server is like http://127.0.0.1:7701, of which many with commas");
        checkFolder("--json", json);
        checkFolder("--html", html);
        Instant now = Instant.now();
        int atOnce = locks == 0 ? kind.locks() : locks;
        var target = new Target(spoken, servers, clients, atOnce, Long.toString(now.toEpochMilli(), 36));
        Plan plan = kind.isOneEvent()
                ? new Plan(clients, 0, ONE_EVENT_SECONDS_MAX, rate)
                : new Plan(clients, warmUp, seconds, rate == 0 ? kind.rate(atOnce) : rate);
        return report(new Subject(kind.toString(), spoken.toString(), servers, now), plan, kind.of(target));
    }

    private int report(Subject subject, Plan plan, Workload workload) throws IOException {
        var console = new Console(spec.commandLine().getOut());
        List<Long> watched = processes.isEmpty() ? Listeners.processes(servers) : processes;
        Measured measured =
                new Driver(plan, watched, new LogIndex(servers.getFirst()), console::progress).run(workload);
        console.summary(subject, measured);
        if (json != null) {
            Files.writeString(json, JsonReport.of(subject, measured).toPrettyString() + "\n");
        }
        if (html != null) {
            Files.writeString(html, HtmlPage.of(subject, measured));
        }
        return measured.wentWell() ? 0 : ERRORS;
    }

    private static boolean isHttp(URI server) {
        return "http".equals(server.getScheme()) && server.getHost() != null && server.getPort() > 0;
    }

    private void checkFolder(String option, @Nullable Path file) {
        check(
                file == null || Files.isDirectory(file.toAbsolutePath().resolveSibling(".")),
                option + ": there is no folder for " + file);
    }

    private void check(boolean holds, String complaint) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), complaint);
        }
    }
}
