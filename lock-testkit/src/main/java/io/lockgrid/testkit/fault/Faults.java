package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.agent.Action;
import io.lockgrid.testkit.agent.Point;
import java.util.ArrayList;
import java.util.List;

/** The catalogue. */
public final class Faults {
    private static final int CLIENTS_PAUSED = 3;
    private static final int[] PACKETS_LOST_PERCENT = {10, 30, 50};

    private Faults() {}

    /** Every fault there is, each new, in the order of the documentation. */
    public static List<Fault> all() {
        List<Fault> faults = new ArrayList<>(processes());
        faults.addAll(crashes());
        faults.addAll(partitions());
        return faults;
    }

    /** What can be done from outside to processes, and to their clients. */
    private static List<Fault> processes() {
        List<Fault> faults = new ArrayList<>();
        faults.add(new Kill("kill-leader", Nodes.LEADER));
        faults.add(new Kill("kill-minority", Nodes.MINORITY));
        faults.add(new Kill("kill-majority", Nodes.MAJORITY));
        faults.add(new Kill("kill-all", Nodes.ALL));
        faults.add(new Pause("pause-leader", Nodes.LEADER));
        faults.add(new Pause("pause-minority", Nodes.MINORITY));
        faults.add(new Pause("pause-majority", Nodes.MAJORITY));
        faults.add(new PauseClients(CLIENTS_PAUSED));
        faults.add(new RollingRestart());
        faults.add(new Swizzle());
        faults.add(new LostReplies());
        faults.add(new SlowNetwork());
        for (Clocks.Manner manner : Clocks.Manner.values()) {
            faults.add(new Clocks(manner));
        }
        for (DamagedFile.Kind kind : DamagedFile.Kind.values()) {
            faults.add(new DamagedFile(kind));
        }
        return faults;
    }

    /** What the agent in a node does. */
    private static List<Fault> crashes() {
        List<Fault> faults = new ArrayList<>();
        for (Point point : Point.values()) {
            faults.add(Crash.at(point));
        }
        faults.add(new Crash("disk-full", Point.BEFORE_LOG_SYNC, Action.FAIL_NO_SPACE));
        faults.add(new SlowDisk());
        faults.add(new SnapshotInstall());
        return faults;
    }

    /** What needs a network of the nodes' own. */
    private static List<Fault> partitions() {
        List<Fault> faults = new ArrayList<>();
        for (Partition.Shape shape : Partition.Shape.values()) {
            faults.add(new Partition(shape));
        }
        for (int percent : PACKETS_LOST_PERCENT) {
            faults.add(new PacketLoss(percent));
        }
        return faults;
    }

    /**
     * The fault of that name.
     *
     * @throws IllegalArgumentException if there is none; says which there are
     */
    public static Fault named(String name) {
        return all().stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no fault \"" + name + "\"; choose from "
                        + all().stream().map(Fault::name).toList()));
    }
}
