package io.lockgrid.testkit.fault;

import java.util.List;
import java.util.Set;

/** A node is away until only a snapshot of the leader's can help it, and comes back. */
record SnapshotInstall() implements Fault {
    @Override
    public String name() {
        return "snapshot-install";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_LOG);
    }

    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = Nodes.ONE.choose(context);
        context.begin(this, nodes, "");
        Absence.begin(context, nodes.getFirst());
    }
}
