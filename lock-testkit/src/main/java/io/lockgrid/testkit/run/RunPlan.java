package io.lockgrid.testkit.run;

import io.lockgrid.testkit.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is to do.
 *
 * @param build what the nodes are made of
 * @param folder of its own, where the nodes keep their data; it stays if the run fails
 * @param faults names of the faults that take turns; none is a run in calm
 * @param nodes how many there are, from 1 on
 * @param length how long faults are injected; start, the end of the last fault, drain and checks come on top
 * @param seed of every choice; when things happen depends on the machine
 */
public record RunPlan(
        Build build,
        Path folder,
        Workload workload,
        List<String> faults,
        Hosts hosts,
        int nodes,
        Duration length,
        long seed) {
    /** The fault that clients suffer who hold a lock. */
    private static final String PAUSE_CLIENTS = "pause-clients";

    /**
     * What nodes are made of.
     *
     * @param distribution folder with {@code lib/lockgrid.jar}, for processes
     * @param image name of the image, for containers; empty if there is none
     */
    public record Build(Path distribution, String image) {}

    /** Copies the list. */
    public RunPlan {
        faults = List.copyOf(faults);
    }

    /** Whether the run has to show that a lease alone does not guard what it stands for. */
    boolean mustLoseUpdates() {
        return workload == Workload.REGISTER_UNGUARDED && faults.contains(PAUSE_CLIENTS);
    }

    /** What it is about: {@code mixed kill-leader,pause-clients processes}. */
    public String title() {
        return workload.label() + " " + (faults.isEmpty() ? "calm" : String.join(",", faults)) + " " + hosts.label();
    }

    /** What repeats it. */
    String command() {
        return "scripts/faults --seconds " + length.toSeconds() + " --seed " + seed + " --workload " + workload.label()
                + (faults.isEmpty() ? "" : " --nemesis " + String.join(",", faults)) + " --hosts " + hosts.label()
                + " --nodes " + nodes;
    }
}
