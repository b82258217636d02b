package io.lockgrid.testkit.cluster.container;

import io.lockgrid.testkit.cluster.Network;
import java.util.List;
import java.util.Locale;

/** Packets are dropped where they arrive, by the address they come from: those of clients come from another one. */
final class FilteredNetwork implements Network {
    private final List<NodeHost> hosts;

    FilteredNetwork(List<NodeHost> hosts) {
        this.hosts = hosts;
    }

    @Override
    public void cut(int from, int to) {
        host(to).filter("--append INPUT --jump DROP --source " + host(from).address());
    }

    @Override
    public void lose(int node, double share) {
        String random = String.format(Locale.ROOT, " --match statistic --mode random --probability %.4f", share);
        for (NodeHost peer : hosts) {
            if (peer != host(node)) {
                host(node).filter("--append INPUT --jump DROP --source " + peer.address() + random);
            }
        }
    }

    @Override
    public void heal() {
        hosts.forEach(host -> host.filter("--flush INPUT"));
    }

    private NodeHost host(int i) {
        return hosts.get(i - 1);
    }
}
