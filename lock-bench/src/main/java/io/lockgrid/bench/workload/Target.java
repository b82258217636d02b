package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.wire.Api;
import io.lockgrid.bench.wire.HttpConnection;
import io.lockgrid.bench.wire.LockClient;
import java.net.URI;
import java.util.List;

/**
 * What is driven, and how it is spoken to.
 *
 * @param api which API the clients speak
 * @param servers over which the clients are spread, at least one
 * @param run tells the locks of this run from those of others
 */
public record Target(Api api, List<URI> servers, String run) {
    /** The connection of a client to its server. */
    HttpConnection connection(int client, Lane lane) {
        return lane.connection(servers.get(client % servers.size()));
    }

    LockClient client(int client, Lane lane) {
        return api.client(connection(client, lane));
    }

    /** The name of a lock of this run. */
    String lock(String name) {
        return run + "-" + name;
    }
}
