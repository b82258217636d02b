package io.lockgrid.testkit.run;

import static io.lockgrid.testkit.workload.Workload.DAPR;
import static io.lockgrid.testkit.workload.Workload.MIXED;
import static io.lockgrid.testkit.workload.Workload.OPENSEARCH;
import static io.lockgrid.testkit.workload.Workload.REGISTER_GUARDED;
import static io.lockgrid.testkit.workload.Workload.REGISTER_UNGUARDED;
import static io.lockgrid.testkit.workload.Workload.SFP;

import io.lockgrid.testkit.fault.Faults;
import io.lockgrid.testkit.fault.Need;
import io.lockgrid.testkit.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs that {@code scripts/test} does: every fault there is, and every workload. */
public final class Matrix {
    private static final int NODES = 3;
    private static final int NODES_MORE = 5;

    private Matrix() {}

    /**
     * One run.
     *
     * @param faults that take turns; none is a run in calm
     * @param nodes how many there are
     */
    public record Row(Workload workload, List<String> faults, Hosts hosts, int nodes) {
        /** Copies the list. */
        public Row {
            faults = List.copyOf(faults);
        }

        /**
         * The run, in a folder of its own below this one.
         *
         * @param length see {@link RunPlan}
         */
        public RunPlan plan(RunPlan.Build build, Path folder, Duration length, long seed) {
            Path own = folder.resolve(toString().replaceAll("[ ,]", "_") + "_" + seed);
            return new RunPlan(build, own, workload, faults, hosts, nodes, length, seed);
        }

        @Override
        public String toString() {
            return workload.label() + " " + (faults.isEmpty() ? "calm" : String.join(",", faults)) + " " + hosts.label()
                    + " " + nodes;
        }
    }

    /** All rows, those in containers last. */
    public static List<Row> rows() {
        return Stream.of(processes(), clocksAndDisks(), crashes(), networks())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Row::hosts))
                .toList();
    }

    private static List<Row> processes() {
        return List.of(
                row(DAPR, "kill-leader", "pause-minority"),
                row(SFP, "kill-leader", "kill-minority"),
                row(OPENSEARCH, "kill-leader", "pause-leader"),
                row(MIXED, "kill-majority"),
                row(SFP, "kill-all"),
                row(MIXED, "pause-leader", "pause-majority"),
                row(REGISTER_GUARDED, "pause-clients", "pause-leader"),
                row(REGISTER_GUARDED, "pause-clients", "kill-leader"),
                row(REGISTER_UNGUARDED, "pause-clients"),
                row(MIXED, "rolling-restart"),
                row(OPENSEARCH, "swizzle"),
                row(MIXED, "lost-replies", "kill-leader"),
                row(SFP, "lost-replies", "slow-network"),
                row(DAPR, "lost-replies", "slow-network"));
    }

    private static List<Row> clocksAndDisks() {
        return List.of(
                row(REGISTER_GUARDED, "clock-jump", "clock-drift"),
                row(MIXED, "clock-strobe", "kill-leader"),
                row(SFP, "clock-jump", "pause-leader"),
                row(MIXED, "torn-log", "flipped-snapshot"),
                row(DAPR, "flipped-log"),
                row(DAPR, "disk-full", "slow-disk"),
                row(REGISTER_GUARDED, "disk-full", "kill-all"));
    }

    private static List<Row> crashes() {
        return List.of(
                row(MIXED, "crash-before-log-sync", "crash-after-log-sync"),
                row(SFP, "crash-before-snapshot-save", "crash-after-snapshot-save"),
                row(OPENSEARCH, "crash-before-apply", "crash-after-apply"),
                row(MIXED, "crash-before-snapshot-install", "crash-during-snapshot-install"),
                row(SFP, "crash-after-snapshot-install", "snapshot-install"));
    }

    private static List<Row> networks() {
        return List.of(
                row(MIXED, "isolate-leader", "isolate-one"),
                row(REGISTER_GUARDED, "isolate-leader", "majority-minority"),
                row(SFP, "bridge", "one-way"),
                row(DAPR, "one-way", "isolate-leader"),
                row(MIXED, "majorities-ring"),
                row(OPENSEARCH, "packet-loss-10", "packet-loss-30"),
                row(MIXED, "packet-loss-50"));
    }

    private static Row row(Workload workload, String... faults) {
        Set<Need> needs = Stream.of(faults)
                .flatMap(name -> Faults.named(name).needs().stream())
                .collect(Collectors.toSet());
        return new Row(
                workload,
                List.of(faults),
                needs.contains(Need.NETWORK) ? Hosts.CONTAINERS : Hosts.PROCESSES,
                needs.contains(Need.FIVE_NODES) ? NODES_MORE : NODES);
    }
}
