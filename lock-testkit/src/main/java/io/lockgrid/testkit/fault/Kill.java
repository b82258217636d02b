package io.lockgrid.testkit.fault;

import java.util.List;

/** SIGKILL; the nodes are started again. */
record Kill(String name, Nodes which) implements Fault {
    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = which.choose(context);
        context.begin(this, nodes, "");
        if (which == Nodes.ALL) {
            context.cluster().killAll();
        } else {
            nodes.forEach(context.cluster()::kill);
        }
    }
}
