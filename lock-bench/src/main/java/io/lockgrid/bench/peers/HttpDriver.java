package io.lockgrid.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code scripts/bench run}, which speaks HTTP.
 *
 * @param ownApi what it speaks where each client has a lock of its own
 * @param hotApi what it speaks where all want the same one
 */
record HttpDriver(String ownApi, String hotApi) implements LoadClient {
    @Override
    public Optional<String> lack() {
        return Optional.empty();
    }

    @Override
    public List<String> command(RunningSystem servers, Load load) {
        List<String> arguments =
                new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), "io.lockgrid.bench.Main", "run"));
        arguments.addAll(List.of("--api", load.isHot() ? hotApi : ownApi));
        arguments.add("--server");
        arguments.add(
                servers.addresses().stream().map(address -> "http://" + address).collect(Collectors.joining(",")));
        return Commands.javaClient(arguments);
    }
}
