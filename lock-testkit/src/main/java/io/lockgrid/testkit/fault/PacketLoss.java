package io.lockgrid.testkit.fault;

import java.util.List;
import java.util.Set;

/** A share of all packets between the nodes is lost; TCP sends them again, later and later. */
record PacketLoss(int percent) implements Fault {
    /** What TCP still makes up for within the bounds that a majority is held to. */
    private static final int PERCENT_HARMLESS = 10;

    @Override
    public String name() {
        return "packet-loss-" + percent;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.NETWORK);
    }

    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = context.shuffled();
        context.begin(this, nodes, percent <= PERCENT_HARMLESS, percent + " % of the packets");
        nodes.forEach(i -> context.network().lose(i, percent / 100.0));
    }
}
