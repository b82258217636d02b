package io.lockgrid.testkit.run;

import io.lockgrid.testkit.fault.Fault;
import io.lockgrid.testkit.fault.Faults;
import io.lockgrid.testkit.fault.Need;
import io.lockgrid.testkit.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The runs that {@code scripts/test} does: every fault meets several workloads, and every workload several faults. */
public final class Matrix {
    /** With start, drain and checks, a run takes some ten seconds more. */
    private static final Duration LENGTH = Duration.ofSeconds(15);

    private static final int NODES = 3;

    private Matrix() {}

    /**
     * One run.
     *
     * @param faults that take turns; none is a run in calm
     */
    public record Row(Workload workload, Hosts hosts, List<String> faults) {
        /** Copies the list. */
        public Row {
            faults = List.copyOf(faults);
        }

        /**
         * The run, in a folder of its own.
         *
         * @param seed of the whole matrix
         */
        public RunPlan plan(Path distribution, Path folder, long seed) {
            return new RunPlan(
                    distribution,
                    folder.resolve(toString().replace(' ', '-').replace(',', '-')),
                    workload,
                    faults,
                    hosts,
                    NODES,
                    LENGTH,
                    seed);
        }

        @Override
        public String toString() {
            return workload.label() + " " + String.join(",", faults) + " " + hosts.label();
        }
    }

    /** All rows, those in containers last. */
    public static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(on(Workload.DAPR, "kill-leader"));
        return List.copyOf(rows);
    }

    private static Row on(Workload workload, String... faults) {
        return new Row(workload, Hosts.PROCESSES, List.of(faults));
    }

    /** The faults that such a cluster can suffer. */
    static List<Fault> faultsOn(Hosts hosts, int nodes) {
        return Faults.all().stream()
                .filter(fault -> hosts == Hosts.CONTAINERS || !fault.needs().contains(Need.NETWORK))
                .filter(fault -> nodes >= 5 || !fault.needs().contains(Need.FIVE_NODES))
                .toList();
    }
}
