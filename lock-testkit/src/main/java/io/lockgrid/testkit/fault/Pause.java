package io.lockgrid.testkit.fault;

import java.util.List;

/** SIGSTOP; the nodes go on as if no time had passed. */
record Pause(String name, Nodes which) implements Fault {
    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = which.choose(context);
        context.begin(this, nodes, "");
        nodes.forEach(context.cluster()::pause);
    }
}
