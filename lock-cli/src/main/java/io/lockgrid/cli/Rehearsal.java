package io.lockgrid.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Starts a grid in this process, calls its APIs and asks it as the verbs do, and ends. The build runs it once, on a JVM
 * that keeps the classes which it has met ({@code -XX:ArchiveClassesAtExit}): starts that read them from there take
 * half as long.
 */
final class Rehearsal {
    private static final int NODES = 3;
    /** A build may share its machine with many others. */
    private static final Duration READY_MAX = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String DAPR = "{\"resourceId\":\"a\",\"lockOwner\":\"b\",\"expiryInSeconds\":60}";
    private static final String SFP = "{\"repository\":\"a\",\"resource\":\"b\",\"leaseDurationSeconds\":60}";
    private static final String OPENSEARCH = "{\"job_index_name\":\"a\",\"job_id\":\"b\",\"lock_duration_seconds\":60}";

    private final List<Integer> ports;

    private Rehearsal(List<Integer> ports) {
        this.ports = ports;
    }

    /**
     * Ends the process with 0, or with 1 and a stack trace.
     *
     * @param arguments an empty folder, for the data of the nodes
     */
    public static void main(String[] arguments) {
        try {
            new Rehearsal(freePorts()).run(Path.of(arguments[0]));
        } catch (IOException | InterruptedException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(ExitCodes.FAILED);
        }
        System.exit(0);
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * NODES; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private void run(Path folder) throws IOException, InterruptedException {
        for (int i = 1; i <= NODES; i++) {
            start(i, folder);
        }
        String nodes = IntStream.rangeClosed(1, NODES)
                .mapToObj(i -> "127.0.0.1:" + httpPort(i))
                .collect(Collectors.joining(","));
        long end = System.nanoTime() + READY_MAX.toNanos();
        while (verb("status", "--nodes", nodes) != 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the grid is not ready after " + READY_MAX);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        verb("status", "--json", "--nodes", nodes);
        verb("token", "list", "--nodes", nodes);
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 1; i <= NODES; i++) {
                callApis(client, "http://127.0.0.1:" + httpPort(i));
            }
        }
    }

    private void start(int i, Path folder) {
        String peers = IntStream.rangeClosed(1, NODES)
                .mapToObj(n -> "n" + n + "=127.0.0.1:" + ports.get(NODES + n - 1))
                .collect(Collectors.joining(","));
        String[] command = {
            "node",
            "--id",
            "n" + i,
            "--peers",
            peers,
            "--http-port",
            Integer.toString(httpPort(i)),
            "--data",
            folder.resolve("n" + i).toString()
        };
        Thread.ofPlatform().daemon(true).start(() -> verb(command));
    }

    private int httpPort(int i) {
        return ports.get(i - 1);
    }

    private static int verb(String... arguments) {
        return Main.commandLine(Map.of())
                .setOut(new PrintWriter(PrintWriter.nullWriter()))
                .execute(arguments);
    }

    private static void callApis(HttpClient client, String node) throws IOException, InterruptedException {
        call(client, node + "/readyz", "");
        call(client, node + "/metrics", "");
        call(client, node + "/v1.0-alpha1/lock/a", DAPR);
        call(client, node + "/v1.0-alpha1/unlock/a", DAPR);
        call(client, node + "/sfp/api/locks", SFP);
        call(client, node + "/sfp/api/locks?repository=a", "");
        call(client, node + "/_plugins/_job_scheduler/_lock", OPENSEARCH);
        call(client, node + "/_plugins/_job_scheduler/api/locks", "");
    }

    /** What it answers is of no interest here. */
    private static void call(HttpClient client, String uri, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        client.send(request.build(), BodyHandlers.discarding());
    }
}
