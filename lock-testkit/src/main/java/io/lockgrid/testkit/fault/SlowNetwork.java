package io.lockgrid.testkit.fault;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** All that clients and nodes send to each other over HTTP takes a while, and overtakes what was sent before. */
record SlowNetwork() implements Fault {
    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofMillis(150);

    @Override
    public String name() {
        return "slow-network";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.PROXIES);
    }

    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = context.shuffled();
        context.begin(this, nodes, true, "10 to 150 ms each way");
        nodes.forEach(i -> context.proxies().of(i).delay(LEAST, MOST));
    }
}
