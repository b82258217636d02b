package io.lockgrid.bench.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client in {@code lock-bench/peers}: a closed loop around the library of a peer's makers, in a JVM of its own.
 *
 * @param root of the repository
 * @param peer its name there
 * @param kind of lock, or whatever else it must know; empty for none
 */
record LibraryClient(Path root, String peer, String kind) implements LoadClient {
    @Override
    public Optional<String> lack() {
        return Files.exists(jar())
                ? Optional.empty()
                : Optional.of("its client is not built: scripts/mvn --file lock-bench/peers package");
    }

    @Override
    public List<String> command(RunningSystem servers, Load load) {
        List<String> arguments = new ArrayList<>(List.of("-jar", jar().toString()));
        arguments.addAll(List.of("--server", String.join(",", servers.addresses())));
        if (!kind.isEmpty()) {
            arguments.addAll(List.of("--kind", kind));
        }
        return Commands.javaClient(arguments);
    }

    /** The program; its libraries are in the folder {@code lib} beside it. */
    Path jar() {
        return root.resolve("lock-bench/peers").resolve(peer).resolve("target/client.jar");
    }
}
