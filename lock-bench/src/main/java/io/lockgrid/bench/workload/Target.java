package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Lane;
import io.lockgrid.bench.wire.Api;
import io.lockgrid.bench.wire.HttpConnection;
import io.lockgrid.bench.wire.LockClient;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is driven, and how it is spoken to.
 *
 * @param api which API the clients speak
 * @param servers over which the clients are spread, at least one
 * @param clients how many there are
 * @param locks how many locks, or tickets, where a workload has so many at once
 * @param run tells the locks of this run from those of others
 */
public record Target(Api api, List<URI> servers, int clients, int locks, String run) {
    /** A connection of HTTP/1.1 of a client to its server. */
    HttpConnection connection(int client, Lane lane) {
        return new HttpConnection(lane.loop(), server(client));
    }

    LockClient client(int client, Lane lane) {
        return api.client(lane.loop(), server(client));
    }

    private URI server(int client) {
        return servers.get(client % servers.size());
    }

    /** The name of a lock of this run. */
    String lock(String name) {
        return run + "-" + name;
    }

    /** The locks that are a client's, when they are shared out among those of the clients from {@code first} on. */
    List<String> share(int client, int first) {
        return IntStream.range(0, locks)
                .filter(i -> first + i % (clients - first) == client)
                .mapToObj(i -> lock("n" + i))
                .toList();
    }
}
