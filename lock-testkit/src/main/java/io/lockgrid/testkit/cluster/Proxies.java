package io.lockgrid.testkit.cluster;

import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A proxy in front of each node's APIs. Their ports stay, whatever becomes of the nodes. */
public final class Proxies implements AutoCloseable {
    private final List<FaultyProxy> proxies;

    /** Starts them; the nodes need not run. */
    public Proxies(Cluster cluster, long seed) {
        Random random = new Random(seed);
        proxies = IntStream.rangeClosed(1, cluster.size())
                .mapToObj(i -> new FaultyProxy(cluster.httpUri(i), random.nextLong()))
                .toList();
    }

    /** The one in front of node {@code i}, from 1 on. */
    public FaultyProxy of(int i) {
        return proxies.get(i - 1);
    }

    /** Where clients reach node {@code i} through its proxy. */
    public URI httpUri(int i) {
        return of(i).uri();
    }

    /** Lets all of them pass all bytes on again. */
    public void heal() {
        proxies.forEach(FaultyProxy::heal);
    }

    @Override
    public void close() {
        proxies.forEach(FaultyProxy::close);
    }
}
