package io.lockgrid.bench.peers;

import io.lockgrid.bench.driver.Listeners;
import io.lockgrid.bench.wire.CallFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The servers of one system, each of which is up, and is the one that listens at its port. */
final class RunningSystem {
    private static final Duration READY_MAX = Duration.ofSeconds(60);
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<Started> servers = new ArrayList<>();
    private final Path folder;

    private RunningSystem(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts a system, and returns when all of it serves.
     *
     * @throws CallFailedException in a line, if it does not
     */
    static RunningSystem start(LockSystem system, Processes processes) throws IOException {
        Path folder = processes.newFolder("servers");
        RunningSystem running = new RunningSystem(folder);
        for (Server server : system.servers(folder)) {
            Path own = Files.createDirectories(folder.resolve(server.name()));
            Process process =
                    processes.start(server.command(), own, running.log(server).toFile());
            running.servers.add(new Started(server, process));
        }
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        for (Started started : running.servers) {
            while (!running.isReady(system, started)) {
                if (System.nanoTime() > deadline) {
                    throw running.failure(started.server(), "is not ready after " + READY_MAX.toSeconds() + " s");
                }
                LockSupport.parkNanos(ASK_AGAIN_NANOS);
            }
        }
        running.check();
        return running;
    }

    /** Fails if a server has ended, or another process answers in its place. */
    void check() {
        for (Started started : servers) {
            Server server = started.server();
            Process process = started.process();
            if (!process.isAlive()) {
                throw failure(server, "has ended with " + process.exitValue());
            }
            List<Long> listeners = Listeners.processes(List.of(URI.create("http://" + server.address())));
            if (!listeners.equals(List.of(process.pid()))) {
                throw failure(server, "is process " + process.pid() + ", but at its port listens " + listeners);
            }
        }
    }

    /** Where clients reach them, {@code host:port}. */
    List<String> addresses() {
        return servers.stream().map(started -> started.server().address()).toList();
    }

    /** Their process ids. */
    List<Long> pids() {
        return servers.stream().map(started -> started.process().pid()).toList();
    }

    private boolean isReady(LockSystem system, Started started) {
        Server server = started.server();
        if (!started.process().isAlive()) {
            throw failure(server, "ended at once");
        }
        try {
            return system.isReady(server, said(server));
        } catch (IOException e) {
            return false; // Not up yet, or it never will be, which the deadline shows.
        }
    }

    private CallFailedException failure(Server server, String what) {
        return new CallFailedException("server " + server.name() + " " + what + Commands.lastLine(said(server)));
    }

    private String said(Server server) {
        try {
            return new String(Files.readAllBytes(log(server)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private Path log(Server server) {
        return folder.resolve(server.name() + ".log");
    }

    private record Started(Server server, Process process) {}
}
