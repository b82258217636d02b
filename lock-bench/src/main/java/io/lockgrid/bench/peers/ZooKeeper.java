package io.lockgrid.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An ensemble of three ZooKeeper servers, whose log is synced by default. */
final class ZooKeeper implements LockSystem {
    private static final Path FOLDER = Path.of("/usr/share/java");
    private static final Path JAR = FOLDER.resolve("zookeeper.jar");
    private static final String MAIN = "org.apache.zookeeper.server.quorum.QuorumPeerMain";

    @Override
    public Optional<String> lack() {
        return Files.exists(JAR)
                ? Optional.empty()
                : Optional.of("ZooKeeper is not installed: apt-get install --no-install-recommends zookeeper");
    }

    @Override
    public String title() {
        return Commands.version(FOLDER, "zookeeper");
    }

    @Override
    public List<Server> servers(Path folder) throws IOException {
        List<Integer> ports = FreePorts.take(3 * SERVERS);
        StringBuilder ensemble = new StringBuilder();
        for (int i = 0; i < SERVERS; i++) {
            int quorum = ports.get(SERVERS + i);
            int election = ports.get(2 * SERVERS + i);
            ensemble.append("server.%d=127.0.0.1:%d:%d\n".formatted(i + 1, quorum, election));
        }
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            String name = "z" + (i + 1);
            Path own = Files.createDirectories(folder.resolve(name).resolve("data"));
            Files.writeString(own.resolve("myid"), Integer.toString(i + 1));
            Path configuration = own.resolveSibling("zoo.cfg");
            Files.writeString(configuration, """
                    tickTime=2000
                    initLimit=10
                    syncLimit=5
                    maxClientCnxns=0
                    admin.enableServer=false
                    4lw.commands.whitelist=srvr
                    dataDir=%s
                    clientPortAddress=127.0.0.1
                    clientPort=%d
                    %s""".formatted(own, ports.get(i), ensemble));
            servers.add(new Server(
                    name, ports.get(i), Commands.javaServer("-cp", JAR.toString(), MAIN, configuration.toString())));
        }
        return servers;
    }

    @Override
    public boolean isReady(Server server, String said) throws IOException {
        String state = Asked.line(server.port(), "srvr");
        return state.contains("Mode: leader") || state.contains("Mode: follower");
    }
}
