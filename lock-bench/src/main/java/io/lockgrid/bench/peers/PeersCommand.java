package io.lockgrid.bench.peers;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench peers}. */
@Command(
        name = "peers",
        description = "Measures other lock services and LockGrid in turn, each started fresh on this machine.")
public final class PeersCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int ERRORS = 3;

    /** The root of the repository, which the script tells. */
    private static final Path ROOT =
            Path.of(System.getProperty("lockgrid.root", "")).toAbsolutePath();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--systems", split = ",", description = "Which, by name, in this order. Default: all there are.")
    List<String> systems = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "How often each takes its turn.")
    int rounds;

    @Option(
            names = "--workloads",
            split = ",",
            defaultValue = "own,hot",
            description = "own: a lock for each client;" + " hot: one lock for " + Load.HOT_CLIENTS + " clients.")
    List<String> workloads = List.of();

    @Option(names = "--clients", split = ",", defaultValue = "1,64,256,1000", description = "How many have own locks.")
    List<Integer> clients = List.of();

    @Option(names = "--seconds", defaultValue = "8", description = "How long each load is measured.")
    int seconds;

    @Option(names = "--warmup", defaultValue = "4", description = "How many seconds go before that do not count.")
    int warmUp;

    @Option(
            names = "--folder",
            description = "Where the servers keep their data until the end; on a disk. The result"
                    + " stays there as peers.json. Default: lock-bench/target/peers.")
    Path folder = ROOT.resolve("lock-bench/target/peers");

    @Override
    public Integer call() throws IOException, InterruptedException {
        check(rounds > 0 && seconds > 0 && warmUp >= 0, "--rounds and --seconds are at least 1, --warmup 0");
        String token = UUID.randomUUID().toString();
        List<Contender> contenders = installed(chosen(Contender.all(ROOT, token)));
        Path results = Files.createDirectories(folder.toAbsolutePath());
        check(isOnDisk(results), folder + " is in memory, where nothing is synced: give --folder one on a disk");
        try (Processes processes = new Processes(results)) {
            var contest = new Contest(contenders, loads(), new Times(warmUp, seconds), processes, out());
            for (int round = 1; round <= rounds; round++) {
                contest.round(round);
            }
            var report = new Report(contenders, loads(), contest.results(), Machine.about(contenders));
            out().print(report.tables());
            out().flush();
            report.writeJson(results.resolve("peers.json"));
            if (contest.failures() > 0) {
                return FAILED;
            }
            return contest.results().stream()
                            .allMatch(result -> result.outcome().errors() == 0)
                    ? 0
                    : ERRORS;
        }
    }

    private List<Contender> chosen(List<Contender> all) {
        if (systems.isEmpty()) {
            return all;
        }
        List<String> names = all.stream().map(Contender::name).toList();
        check(names.containsAll(systems), "--systems are of " + String.join(",", names));
        return systems.stream().map(name -> all.get(names.indexOf(name))).toList();
    }

    /** Says of each that is not what is missing. */
    private List<Contender> installed(List<Contender> wanted) {
        List<Contender> present = new ArrayList<>();
        for (Contender contender : wanted) {
            Optional<String> lack = contender.lack();
            lack.ifPresent(what -> out().println(contender.name() + " is left out: " + what));
            if (lack.isEmpty()) {
                present.add(contender);
            }
        }
        out().flush();
        check(!present.isEmpty(), "nothing is left to measure");
        return present;
    }

    private List<Load> loads() {
        List<Load> loads = new ArrayList<>();
        for (String workload : workloads) {
            check(List.of(Load.OWN, Load.HOT).contains(workload), "--workloads are of own,hot");
            List<Integer> counts = workload.equals(Load.HOT) ? List.of(Load.HOT_CLIENTS) : clients;
            counts.forEach(count -> loads.add(new Load(workload, count)));
        }
        return loads;
    }

    private static boolean isOnDisk(Path folder) throws IOException {
        return !List.of("tmpfs", "ramfs").contains(Files.getFileStore(folder).type());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void check(boolean holds, String complaint) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), complaint);
        }
    }
}
