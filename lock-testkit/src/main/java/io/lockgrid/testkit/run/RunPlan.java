package io.lockgrid.testkit.run;

import io.lockgrid.testkit.fault.Faults;
import io.lockgrid.testkit.fault.Need;
import io.lockgrid.testkit.fault.WallClock;
import io.lockgrid.testkit.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    private static final int FIVE = 5;

    /** Copies the list. */
    public RunPlan {
        faults = List.copyOf(faults);
    }

    /** What all its faults need. */
    Set<Need> needs() {
        return faults.stream()
                .flatMap(name -> Faults.named(name).needs().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Why it cannot run on this machine; empty if it can. */
    public Optional<String> obstacle() {
        if (hosts == Hosts.CONTAINERS && build.image().isEmpty()) {
            return Optional.of("no Docker engine answers");
        }
        if (hosts == Hosts.PROCESSES && needs().contains(Need.NETWORK)) {
            return Optional.of("packets between processes cannot be cut: give --hosts containers");
        }
        if (needs().contains(Need.CLOCKS) && !WallClock.canBeSet()) {
            return Optional.of("libfaketime is not installed");
        }
        return needs().contains(Need.FIVE_NODES) && nodes < FIVE
                ? Optional.of("a fault needs five nodes: give --nodes 5")
                : Optional.empty();
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
