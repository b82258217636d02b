package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.agent.Action;
import io.lockgrid.testkit.agent.Point;
import io.lockgrid.testkit.agent.TestHooks;
import io.lockgrid.testkit.cluster.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A node ends at a named point of its code, by itself (a crash) or because its disk is full, and is started again. */
record Crash(String name, Point point, Action action) implements Fault {
    /** There is load: the log is synced many times a second, and a snapshot made every few seconds. */
    private static final Duration REACHED_MAX = Duration.ofSeconds(40);

    /** The process ends at the point, as by SIGKILL. */
    static Crash at(Point point) {
        return new Crash("crash-" + point.name().toLowerCase(Locale.ROOT).replace('_', '-'), point, Action.CRASH);
    }

    @Override
    public Set<Need> needs() {
        return point.name().endsWith("SNAPSHOT_INSTALL") ? Set.of(Need.AGENT, Need.SHORT_LOG) : Set.of(Need.AGENT);
    }

    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = Nodes.ONE.choose(context);
        int node = nodes.getFirst();
        Path data = context.cluster().data(node);
        context.begin(this, nodes, "");
        if (needs().contains(Need.SHORT_LOG)) {
            Absence.begin(context, node);
            TestHooks.arm(data, point, action);
            context.cluster().start(node);
        } else {
            TestHooks.arm(data, point, action);
        }
        Await.until(
                () -> !context.cluster().isRunning(node),
                REACHED_MAX,
                () -> "n" + node + " runs, and "
                        + (TestHooks.isArmed(data, point) ? "did not come to " : "went on after ") + point);
    }

    @Override
    public void heal(FaultContext context) {
        context.shuffled().forEach(i -> TestHooks.disarm(context.cluster().data(i)));
        context.restore();
    }
}
