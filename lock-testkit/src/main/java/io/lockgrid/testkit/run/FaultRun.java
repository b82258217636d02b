package io.lockgrid.testkit.run;

import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.Cluster;
import io.lockgrid.testkit.cluster.Launch;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.cluster.Proxies;
import io.lockgrid.testkit.cluster.container.ContainerCluster;
import io.lockgrid.testkit.fault.ClientGate;
import io.lockgrid.testkit.fault.Equipment;
import io.lockgrid.testkit.fault.Fault;
import io.lockgrid.testkit.fault.FaultContext;
import io.lockgrid.testkit.fault.Faults;
import io.lockgrid.testkit.fault.Injected;
import io.lockgrid.testkit.fault.Nemesis;
import io.lockgrid.testkit.history.Disturbance;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryFile;
import io.lockgrid.testkit.history.check.Checks;
import io.lockgrid.testkit.history.check.Conditions;
import io.lockgrid.testkit.history.report.FailureReport;
import io.lockgrid.testkit.log.ReplicasEqual;
import io.lockgrid.testkit.workload.Clients;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.Load;
import io.lockgrid.testkit.workload.Observer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** One run: a new cluster, clients, faults in turn, calm again, and then every check of what the clients were told. */
public final class FaultRun {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(60);

    /** A new leader is found, and all that waited meanwhile is answered. */
    private static final Duration RECOVERY = Duration.ofSeconds(3);

    /** What clients do when all is well again is part of what is checked. */
    private static final Duration CALM = Duration.ofSeconds(2);

    /** So few that snapshots are made, and logs cut, in every run. */
    private static final String[] OPTIONS = {"--snapshot-entries", "300", "--log-kept-entries", "100"};

    /** From here on it pays that nodes compile what they run often. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Launch AS_FOR_USERS = new Launch(List.of("-XX:TieredStopAtLevel=4"), Map.of(), List.of());

    private final RunPlan plan;
    private final List<Fault> faults;
    private final History history = new History(System::nanoTime);
    private final List<String> said = new ArrayList<>();
    private final List<Injected> injected = new ArrayList<>();
    private final Set<Integer> gone = new HashSet<>();
    private final long startedNanos = System.nanoTime();
    private long beganNanos;
    private long endedNanos;
    private Duration outage = Duration.ZERO;
    private List<String> replicas = List.of();

    private FaultRun(RunPlan plan) {
        this.plan = plan;
        this.faults = plan.faults().stream().map(Faults::named).toList();
    }

    /**
     * Runs as planned. Whatever goes wrong is a line in the report, and then the folder of the run stays, with the
     * history in it; else the folder is removed.
     *
     * @throws IllegalArgumentException if there is no such fault
     */
    public static RunReport run(RunPlan plan) {
        return new FaultRun(plan).run();
    }

    private RunReport run() {
        List<String> findings = new ArrayList<>();
        Folders.remove(plan.folder());
        try (Cluster cluster = cluster()) {
            cluster.startAll();
            cluster.awaitReady(START_MAX);
            say("the cluster is ready");
            serve(cluster);
            say("the clients are done");
            replicas = compareReplicas(cluster);
            say("the disks are compared");
        } catch (RuntimeException | AssertionError e) {
            findings.add("the run itself failed: " + e);
        }
        Conditions conditions = Conditions.UNKNOWN.withHealthy(healthy()).withReplicas(replicas);
        findings.addAll(check(conditions));
        say("the history is checked");
        RunReport report = new RunReport(
                plan,
                history,
                List.copyOf(injected),
                outage,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                findings);
        keep(report);
        return report;
    }

    /** What the checks found, each by the smallest history that shows it, and as a page in the folder of the run. */
    private List<String> check(Conditions conditions) {
        List<String> found = Checks.report(history, conditions);
        if (found.isEmpty()) {
            return found;
        }
        try {
            Files.createDirectories(plan.folder());
            List<String> shown = FailureReport.write(history, conditions, plan.folder());
            return shown.isEmpty() ? found : shown;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes what happened, and when. */
    private void say(String line) {
        said.add(String.format("%7d ms  %s", (System.nanoTime() - startedNanos) / 1_000_000, line));
    }

    private Cluster cluster() {
        Path folder = plan.folder().toAbsolutePath();
        return switch (plan.hosts()) {
            case PROCESSES ->
                new ProcessCluster(plan.build().distribution(), folder, plan.nodes(), i -> launch(folder, folder, i));
            case CONTAINERS ->
                new ContainerCluster(
                        plan.build().image(),
                        folder,
                        plan.nodes(),
                        i -> launch(ContainerCluster.shared(folder), folder, i));
        };
    }

    private Launch launch(Path shared, Path folder, int node) {
        Launch launch = Launch.with(OPTIONS).and(Equipment.of(plan.needs(), shared, folder.resolve("n" + node)));
        return plan.length().compareTo(LONG) < 0 ? launch : launch.and(AS_FOR_USERS);
    }

    private void serve(Cluster cluster) {
        try (Proxies proxies = new Proxies(cluster, plan.seed());
                GridHttp http = new GridHttp(
                        IntStream.rangeClosed(1, plan.nodes())
                                .mapToObj(proxies::httpUri)
                                .toList(),
                        cluster::headers);
                Load load = new Load()) {
            ClientGate gate = new ClientGate();
            Clients clients = new Clients(plan.workload(), http, history, gate, plan.seed());
            FaultContext context = new FaultContext(cluster, proxies, gate, new Random(plan.seed()), this::say);
            beganNanos = System.nanoTime();
            clients.start(load);
            try {
                disturb(context, load);
            } finally {
                injected.addAll(context.injected());
                gone.addAll(context.gone());
                injected.forEach(each -> history.add(new Disturbance(
                        each.name() + " " + each.nodes() + " " + each.note(), each.fromNanos(), each.toNanos())));
                endedNanos = System.nanoTime();
                outage = Outage.longest(history, injected, beganNanos, endedNanos);
            }
            load.end();
            say("the clients have ended their cycles");
            end(new Observer(http, history), clients.lockNames());
        }
    }

    private void disturb(FaultContext context, Load load) {
        if (faults.isEmpty()) {
            Await.passed(plan.length());
        } else {
            new Nemesis(context, faults).run(plan.length());
            Await.passed(CALM);
        }
        load.check();
    }

    /** Looks at the locks until they are free, and at what became of every ticket. */
    private void end(Observer observer, List<String> lockNames) {
        Await.until(
                () -> lockNames.stream().filter(observer::isBusy).count() == 0,
                DRAIN_MAX,
                () -> "a queue did not drain: " + history.listings().getLast());
        observer.recordEndings();
    }

    /** Ends the nodes, and reads their disks; that of a node that a fault has taken for good says nothing. */
    private List<String> compareReplicas(Cluster cluster) {
        cluster.killAll();
        say("the nodes are gone");
        return ReplicasEqual.findings(IntStream.rangeClosed(1, cluster.size())
                .filter(i -> !gone.contains(i))
                .mapToObj(cluster::data)
                .toList());
    }

    /** The times without faults, each from when the grid had had time to recover. */
    private List<Conditions.Healthy> healthy() {
        List<Conditions.Healthy> times = new ArrayList<>();
        long from = beganNanos + RECOVERY.toNanos();
        for (Injected fault : injected) {
            times.add(new Conditions.Healthy(from, fault.fromNanos()));
            from = fault.toNanos() + RECOVERY.toNanos();
        }
        times.add(new Conditions.Healthy(from, endedNanos));
        return times.stream().filter(time -> time.fromNanos() < time.toNanos()).toList();
    }

    private void keep(RunReport report) {
        try {
            if (report.isGood()) {
                Folders.remove(plan.folder());
            } else {
                Files.createDirectories(plan.folder());
                HistoryFile.write(history, plan.folder().resolve("history.jsonl"));
                Files.write(plan.folder().resolve("faults.txt"), said);
                Files.writeString(plan.folder().resolve("report.txt"), report + System.lineSeparator());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
