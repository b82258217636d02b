package io.lockgrid.testkit.fault;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Requests reach the nodes, and many answers do not come back. */
record LostReplies() implements Fault {
    private static final double SHARE = 0.3;
    private static final Duration SILENCE_MAX = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "lost-replies";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.PROXIES);
    }

    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = context.shuffled();
        context.begin(this, nodes, true, "3 of 10 answers");
        nodes.forEach(i -> context.proxies().of(i).loseReplies(SHARE, SILENCE_MAX));
    }
}
