package io.lockgrid.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Three nodes of the distribution, as they come. */
final class LockGrid implements LockSystem {
    private final Path jar;

    /** @param root of the repository */
    LockGrid(Path root) {
        this.jar = root.resolve("lock-cli/target/lockgrid/lib/lockgrid.jar");
    }

    @Override
    public Optional<String> lack() {
        return Files.exists(jar)
                ? Optional.empty()
                : Optional.of("LockGrid is not built: scripts/mvn --projects lock-cli --also-make package");
    }

    @Override
    public String title() {
        return "LockGrid";
    }

    @Override
    public List<Server> servers(Path folder) throws IOException {
        List<Integer> ports = FreePorts.take(2 * SERVERS);
        StringJoiner peers = new StringJoiner(",");
        for (int i = 0; i < SERVERS; i++) {
            peers.add("n" + (i + 1) + "=127.0.0.1:" + ports.get(SERVERS + i));
        }
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            String name = "n" + (i + 1);
            servers.add(new Server(
                    name,
                    ports.get(i),
                    Commands.javaServer(
                            "-jar",
                            jar.toString(),
                            "node",
                            "--id",
                            name,
                            "--peers",
                            peers.toString(),
                            "--http-host",
                            "127.0.0.1",
                            "--http-port",
                            ports.get(i).toString(),
                            "--data",
                            "data")));
        }
        return servers;
    }

    @Override
    public boolean isReady(Server server, String said) throws IOException {
        return Asked.http(server.port(), "/readyz").startsWith("HTTP/1.1 200 ");
    }
}
