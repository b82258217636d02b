package io.lockgrid.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;

/** Three members of etcd, whose log is synced by default. */
final class Etcd implements LockSystem {
    @Override
    public Optional<String> lack() {
        return Commands.isOnPath("etcd")
                ? Optional.empty()
                : Optional.of("etcd is not installed: apt-get install --no-install-recommends etcd-server");
    }

    @Override
    public String title() {
        return Commands.firstLine("etcd", "--version").replace(" Version:", "");
    }

    @Override
    public List<Server> servers(Path folder) throws IOException {
        List<Integer> ports = FreePorts.take(2 * SERVERS);
        StringJoiner cluster = new StringJoiner(",");
        for (int i = 0; i < SERVERS; i++) {
            cluster.add("e" + (i + 1) + "=http://127.0.0.1:" + ports.get(SERVERS + i));
        }
        // Members of another token do not take each other for one cluster.
        String token = UUID.randomUUID().toString();
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            String name = "e" + (i + 1);
            String client = "http://127.0.0.1:" + ports.get(i);
            String peer = "http://127.0.0.1:" + ports.get(SERVERS + i);
            servers.add(new Server(
                    name,
                    ports.get(i),
                    List.of(
                            "etcd",
                            "--name",
                            name,
                            "--data-dir",
                            "data",
                            "--listen-client-urls",
                            client,
                            "--advertise-client-urls",
                            client,
                            "--listen-peer-urls",
                            peer,
                            "--initial-advertise-peer-urls",
                            peer,
                            "--initial-cluster",
                            cluster.toString(),
                            "--initial-cluster-token",
                            token,
                            "--logger",
                            "zap",
                            "--log-level",
                            "warn")));
        }
        return servers;
    }

    @Override
    public boolean isReady(Server server, String said) throws IOException {
        return Asked.http(server.port(), "/health").contains("\"health\":\"true\"");
    }
}
