package io.lockgrid.bench.wire;

import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.Locale;

/** The lock APIs that the driver speaks. */
public enum Api {
    DAPR,
    SFP,
    OPENSEARCH,
    GRPC,
    ETCD;

    /** A client with a connection of its own, which it opens when it is first used. */
    public LockClient client(EventLoop loop, URI server) {
        return switch (this) {
            case DAPR -> new DaprClient(new HttpConnection(loop, server));
            case SFP -> new SfpClient(new HttpConnection(loop, server));
            case OPENSEARCH -> new OpenSearchClient(new HttpConnection(loop, server));
            case GRPC -> new GrpcClient(new GrpcConnection(loop, server));
            case ETCD -> new EtcdClient(new HttpConnection(loop, server));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
