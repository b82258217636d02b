package io.lockgrid.testkit.run;

import io.lockgrid.testkit.fault.Fault;
import io.lockgrid.testkit.fault.Faults;
import io.lockgrid.testkit.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code scripts/faults}: one run, all of the matrix, or random runs for a long time. */
@Command(
        name = "scripts/faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs clients against a cluster of its own that suffers faults, and checks what they were told.",
            "Prints a line for each run; ends with 1 after a bad one, whose folder it leaves and names."
        })
public final class FaultsMain implements Callable<Integer> {
    private static final int SOAK_FAULTS_MAX = 3;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // By picocli.
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long faults are injected in a run; start, drain and checks come on top. Default: 20.")
    private int seconds;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of every choice. Default: a random one.")
    private long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

    @Option(
            names = "--nemesis",
            paramLabel = "FAULT,…",
            split = ",",
            description = "Faults that take turns, see --list. Default: none.")
    private List<String> nemesis = List.of();

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            defaultValue = "mixed",
            converter = WorkloadConverter.class,
            description = "What the clients do, see --list. Default: mixed.")
    private Workload workload = Workload.MIXED;

    @Option(
            names = "--hosts",
            paramLabel = "KIND",
            defaultValue = "processes",
            description = "processes, or containers: those need a Docker engine. Default: processes.")
    private Hosts hosts = Hosts.PROCESSES;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "Size of the cluster. Default: 3.")
    private int nodes;

    @Option(names = "--matrix", description = "Runs every workload against every fault, as scripts/test does.")
    private boolean matrix;

    @Option(
            names = "--soak",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Random runs until the time is over (90s, 30m, 2h); the first bad one ends it.")
    private Duration soak = Duration.ZERO;

    @Option(names = "--keep-going", description = "With --matrix and --soak: goes on after a bad run.")
    private boolean keepGoing;

    @Option(names = "--list", description = "Prints the workloads, the faults and the matrix.")
    private boolean list;

    @Option(names = "--distribution", hidden = true, required = true)
    private Path distribution = Path.of("");

    @Option(names = "--image", hidden = true, defaultValue = "")
    private String image = "";

    @Option(names = "--folder", hidden = true, required = true)
    private Path folder = Path.of("");

    /** Knows the workloads by their labels. */
    static final class WorkloadConverter implements ITypeConverter<Workload> {
        @Override
        public Workload convert(String label) {
            return Workload.of(label)
                    .orElseThrow(
                            () -> new TypeConversionException("there is no workload \"" + label + "\": see --list"));
        }
    }

    /** Knows 90s, 30m and 2h. */
    static final class TimeConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("[1-9][0-9]{0,6}[smh]")) {
                throw new TypeConversionException("\"" + text + "\" is no time: give 90s, 30m or 2h");
            }
            return Duration.parse("PT" + text);
        }
    }

    /** Runs what the arguments say, and ends the process with 0, 1 (a bad run) or 2 (called wrongly). */
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return new CommandLine(new FaultsMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> say(2, e.getMessage() + " (scripts/faults --help)"))
                .setExecutionExceptionHandler((e, command, parsed) -> say(1, e.toString()))
                .execute(args);
    }

    private static int say(int exitCode, String line) {
        System.err.println("scripts/faults: " + line);
        return exitCode;
    }

    @Override
    public Integer call() {
        check();
        if (list) {
            printList();
            return 0;
        }
        if (matrix) {
            return runAll(Matrix.rows().stream()
                    .<Supplier<RunPlan>>map(row -> () -> plan(row, seed))
                    .toList());
        }
        return soak.isPositive() ? soak() : runOne(plan(new Matrix.Row(workload, nemesis, hosts, nodes), seed));
    }

    /** Whoever asks for one run wants it, and not a line that says why it was left out. */
    private int runOne(RunPlan plan) {
        plan.obstacle().ifPresent(why -> {
            throw new ParameterException(spec.commandLine(), plan.title() + " cannot run here: " + why);
        });
        return run(plan) ? 0 : 1;
    }

    private void check() {
        if (seconds < 1 || nodes < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds and --nodes are 1 at least");
        }
        if (matrix && soak.isPositive()) {
            throw new ParameterException(spec.commandLine(), "give --matrix or --soak, not both");
        }
        try {
            nemesis.forEach(Faults::named);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private RunPlan plan(Matrix.Row row, long ownSeed) {
        return row.plan(new RunPlan.Build(distribution, image), folder, Duration.ofSeconds(seconds), ownSeed);
    }

    private int runAll(List<Supplier<RunPlan>> plans) {
        int bad = 0;
        for (Supplier<RunPlan> plan : plans) {
            bad += run(plan.get()) ? 0 : 1;
            if (bad > 0 && !keepGoing) {
                return 1;
            }
        }
        return bad > 0 ? 1 : 0;
    }

    private static boolean run(RunPlan plan) {
        if (plan.obstacle().isPresent()) {
            System.out.println(
                    "left out: " + plan.title() + ": " + plan.obstacle().get());
            return true;
        }
        Thread ifStopped = new Thread(() -> say(1, "stopped; what the run left is in " + plan.folder()));
        Runtime.getRuntime().addShutdownHook(ifStopped);
        RunReport report = FaultRun.run(plan);
        Runtime.getRuntime().removeShutdownHook(ifStopped);
        System.out.println(report);
        return report.isGood();
    }

    private int soak() {
        long end = System.nanoTime() + soak.toNanos();
        Random random = new Random(seed);
        int runs = 0;
        int bad = 0;
        while (System.nanoTime() < end && (bad == 0 || keepGoing)) {
            bad += run(randomPlan(random)) ? 0 : 1;
            runs++;
        }
        System.out.println(runs + " runs, " + bad + " bad; --seed " + seed);
        return bad > 0 ? 1 : 0;
    }

    private RunPlan randomPlan(Random random) {
        List<String> possible = new ArrayList<>(Faults.all().stream()
                .map(Fault::name)
                .filter(name -> plan(new Matrix.Row(workload, List.of(name), hosts, nodes), seed)
                        .obstacle()
                        .isEmpty())
                .toList());
        Collections.shuffle(possible, random);
        List<Workload> workloads = List.of(Workload.values());
        Workload chosen = workloads.get(random.nextInt(workloads.size()));
        List<String> faults = possible.subList(0, 1 + random.nextInt(SOAK_FAULTS_MAX));
        return plan(new Matrix.Row(chosen, faults, hosts, nodes), random.nextInt(Integer.MAX_VALUE));
    }

    private static void printList() {
        System.out.println("Workloads:");
        for (Workload each : Workload.values()) {
            System.out.println("  " + each.label());
        }
        System.out.println("Faults, and what they need:");
        Faults.all().forEach(fault -> System.out.println("  " + fault.name() + " " + fault.needs()));
        System.out.println("Matrix:");
        Matrix.rows().forEach(row -> System.out.println("  " + row));
    }
}
