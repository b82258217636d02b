package io.lockgrid.bench.wire;

import java.util.Locale;

/** The lock APIs that the driver speaks. */
public enum Api {
    DAPR,
    SFP,
    OPENSEARCH,
    ETCD;

    /** A client over a connection. */
    public LockClient client(HttpConnection connection) {
        return switch (this) {
            case DAPR -> new DaprClient(connection);
            case SFP -> new SfpClient(connection);
            case OPENSEARCH -> new OpenSearchClient(connection);
            case ETCD -> new EtcdClient(connection);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
