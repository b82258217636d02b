package io.lockgrid.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One Redis that syncs its log after every write: durable, but with no second server that would go on. */
final class Redis implements LockSystem {
    @Override
    public Optional<String> lack() {
        return Commands.isOnPath("redis-server")
                ? Optional.empty()
                : Optional.of("Redis is not installed: apt-get install --no-install-recommends redis-server");
    }

    @Override
    public String title() {
        return Commands.firstLine("redis-server", "--version").replaceFirst("Redis server v=(\\S+).*", "redis $1");
    }

    @Override
    public List<Server> servers(Path folder) throws IOException {
        int port = FreePorts.take(1).getFirst();
        return List.of(new Server(
                "r1",
                port,
                List.of(
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--daemonize",
                        "no",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always",
                        "--save",
                        "",
                        "--maxclients",
                        "4000")));
    }

    @Override
    public boolean isReady(Server server, String said) throws IOException {
        return Asked.line(server.port(), "PING\r\nQUIT\r\n").startsWith("+PONG");
    }
}
