package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.cluster.Await;
import java.time.Duration;
import java.util.List;

/** Nodes stop one by one, some killed and some paused, and come back one by one in another order. */
record Swizzle() implements Fault {
    private static final int MILLIS_BETWEEN_MAX = 1_000;

    @Override
    public String name() {
        return "swizzle";
    }

    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = context.shuffled();
        context.begin(this, nodes, "");
        for (int node : nodes) {
            if (context.random().nextBoolean()) {
                context.cluster().kill(node);
            } else {
                context.cluster().pause(node);
            }
            pause(context);
        }
    }

    @Override
    public void heal(FaultContext context) {
        for (int node : context.shuffled()) {
            if (context.cluster().isPaused(node)) {
                context.cluster().resume(node);
            } else {
                context.cluster().start(node);
            }
            pause(context);
        }
        context.restore();
    }

    private static void pause(FaultContext context) {
        Await.passed(Duration.ofMillis(context.random().nextInt(MILLIS_BETWEEN_MAX)));
    }
}
