package io.lockgrid.testkit.fault;

import java.util.ArrayList;
import java.util.List;

/** The catalogue. */
public final class Faults {
    private static final int CLIENTS_PAUSED = 3;

    private Faults() {}

    /** Every fault there is, each new, in the order of the documentation. */
    public static List<Fault> all() {
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
