package io.lockgrid.testkit.fault;

import java.util.List;

/** SIGTERM to one node after the other; the next one when the last one serves again. */
record RollingRestart() implements Fault {
    @Override
    public String name() {
        return "rolling-restart";
    }

    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = context.shuffled();
        context.begin(this, nodes, context.majorityWithout(nodes.subList(0, 1)), "");
        for (int node : nodes) {
            int code = context.cluster().stop(node);
            if (code != 0) {
                throw new AssertionError("n" + node + " was told to end and did so with " + code + "; "
                        + context.cluster().lastWords(node));
            }
            context.cluster().start(node);
            context.cluster().awaitReady(FaultContext.READY_MAX);
        }
    }
}
