package io.lockgrid.bench.peers;

import io.lockgrid.bench.wire.CallFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Round after round, one contender after the other: its servers are started, put under each load, and ended. */
final class Contest {
    private final List<Contender> contenders;
    private final List<Load> loads;
    private final Times times;
    private final Processes processes;
    private final PrintWriter progress;
    private final List<Result> results = new ArrayList<>();
    private int failures;

    /** @param progress gets a line for each measurement, and for each that failed */
    Contest(List<Contender> contenders, List<Load> loads, Times times, Processes processes, PrintWriter progress) {
        this.contenders = contenders;
        this.loads = loads;
        this.times = times;
        this.processes = processes;
        this.progress = progress;
    }

    /** Does one more round. */
    void round(int round) throws IOException, InterruptedException {
        for (Contender contender : contenders) {
            try {
                RunningSystem servers = RunningSystem.start(contender.system(), processes);
                for (Load load : loads) {
                    if (contender.workloads().contains(load.workload())) {
                        Outcome outcome = measure(contender, servers, load);
                        results.add(new Result(round, contender.name(), load, outcome));
                        say("round %d  %-10s %-8s %s", round, contender.name(), load, outcome);
                    }
                }
                servers.check();
            } catch (CallFailedException e) {
                failures++;
                say("round %d  %-10s FAILED: %s", round, contender.name(), String.valueOf(e.getMessage()));
            } finally {
                processes.clear();
            }
        }
    }

    /** All that was measured so far. */
    List<Result> results() {
        return List.copyOf(results);
    }

    /** How often a system could not be measured. */
    int failures() {
        return failures;
    }

    private Outcome measure(Contender contender, RunningSystem servers, Load load)
            throws IOException, InterruptedException {
        Path folder = processes.newFolder("client");
        Path said = folder.resolve("said");
        Path found = folder.resolve("found.json");
        Files.deleteIfExists(found);
        List<String> command = new ArrayList<>(contender.client().command(servers, load));
        command.addAll(List.of(
                "--pid", servers.pids().stream().map(String::valueOf).collect(Collectors.joining(",")),
                "--workload", load.workload(),
                "--clients", Integer.toString(load.clients()),
                "--warmup", Integer.toString(times.warmUpSeconds()),
                "--seconds", Integer.toString(times.seconds()),
                "--json", found.toString()));
        Process client = processes.start(command, folder, said.toFile());
        boolean ended = client.waitFor(times.patience().toSeconds(), TimeUnit.SECONDS);
        if (!ended || !Files.exists(found)) {
            client.destroyForcibly();
            throw new CallFailedException(load + ": the client " + (ended ? "ended without a result" : "hangs")
                    + Commands.lastLine(Files.readString(said)));
        }
        Outcome outcome = Outcome.read(found);
        if (outcome.perSecond() == 0) {
            throw new CallFailedException(
                    load + ": no cycle came to an end" + Commands.lastLine(Files.readString(said)));
        }
        return outcome;
    }

    private void say(String form, Object... values) {
        progress.printf(Locale.ROOT, form + "%n", values);
        progress.flush();
    }
}
