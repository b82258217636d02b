package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.agent.Action;
import io.lockgrid.testkit.agent.Hooks;
import io.lockgrid.testkit.agent.Point;
import io.lockgrid.testkit.agent.TestHooks;
import java.util.List;
import java.util.Set;

/** Each write of one node's log takes longer. */
record SlowDisk() implements Fault {
    @Override
    public String name() {
        return "slow-disk";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.AGENT);
    }

    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = Nodes.ONE.choose(context);
        context.begin(this, nodes, true, Hooks.SLOW_MILLIS + " ms more for each write");
        TestHooks.arm(context.cluster().data(nodes.getFirst()), Point.BEFORE_LOG_SYNC, Action.SLOW);
    }

    @Override
    public void heal(FaultContext context) {
        context.shuffled().forEach(i -> TestHooks.disarm(context.cluster().data(i)));
        context.restore();
    }
}
