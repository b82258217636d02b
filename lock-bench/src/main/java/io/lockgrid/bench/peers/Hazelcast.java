package io.lockgrid.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three members with Hazelcast's CP subsystem. Nothing of it is on disk: that is not in its free edition. */
final class Hazelcast implements LockSystem {
    private final LibraryClient client;

    /** @param client whose kind is the name of the cluster, by which members and clients refuse strangers */
    Hazelcast(LibraryClient client) {
        this.client = client;
    }

    @Override
    public Optional<String> lack() {
        return client.lack();
    }

    @Override
    public String title() {
        return Commands.version(client.jar().resolveSibling("lib"), "hazelcast");
    }

    @Override
    public List<Server> servers(Path folder) throws IOException {
        List<Integer> ports = FreePorts.take(SERVERS);
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            List<String> arguments = new ArrayList<>(
                    List.of("-cp", client.jar().toString(), "io.lockgrid.peers.hazelcast.Member", client.kind()));
            arguments.add(ports.get(i).toString());
            ports.forEach(port -> arguments.add("127.0.0.1:" + port));
            servers.add(new Server("h" + (i + 1), ports.get(i), Commands.javaServer(arguments.toArray(String[]::new))));
        }
        return servers;
    }

    @Override
    public boolean isReady(Server server, String said) {
        return said.lines().anyMatch("ready"::equals);
    }
}
