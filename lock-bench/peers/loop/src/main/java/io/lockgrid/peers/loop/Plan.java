package io.lockgrid.peers.loop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run is told on its command line.
 *
 * @param addresses of the servers, {@code host:port}
 * @param clients number of clients
 * @param hot whether all clients want the same lock, instead of one each
 * @param warmup how long the clients work before anything counts
 * @param window how long is measured
 * @param pids the processes of the servers, whose CPU time is told
 * @param json file for the result
 * @param kind of lock, where the library has several; else empty
 */
public record Plan(
        List<String> addresses,
        int clients,
        boolean hot,
        Duration warmup,
        Duration window,
        List<Long> pids,
        Path json,
        String kind) {

    /**
     * Reads {@code --server A,B,C --pid 1,2,3 --workload own|hot --clients N --warmup SECONDS --seconds SECONDS --json
     * FILE [--kind K]}.
     */
    static Plan parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        return new Plan(
                List.of(given.get("--server").split(",")),
                Integer.parseInt(given.get("--clients")),
                given.get("--workload").equals("hot"),
                Duration.ofSeconds(Long.parseLong(given.get("--warmup"))),
                Duration.ofSeconds(Long.parseLong(given.get("--seconds"))),
                Arrays.stream(given.get("--pid").split(",")).map(Long::valueOf).toList(),
                Path.of(given.get("--json")),
                given.getOrDefault("--kind", ""));
    }
}
