package io.lockgrid.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node as a process of its own: the JVM is the one that runs this. */
public final class NodeProcess {
    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    private final Path folder;
    private final String id;
    private final int httpPort;
    private final int raftPort;
    private final List<String> command;
    private final Map<String, String> environment;
    private volatile @Nullable Process process;
    private volatile boolean paused;

    NodeProcess(Path distribution, Path folder, String id, String peers, int httpPort, int raftPort, Launch launch) {
        this.folder = folder.toAbsolutePath();
        this.id = id;
        this.httpPort = httpPort;
        this.raftPort = raftPort;
        this.environment = launch.environment();
        this.command = new ArrayList<>(Jvm.command(distribution, launch.jvm()));
        command.addAll(List.of("node", "--id", id, "--peers", peers));
        command.addAll(List.of("--http-host", "127.0.0.1", "--http-port", Integer.toString(httpPort)));
        command.addAll(List.of("--data", data().toString()));
        command.addAll(launch.options());
    }

    /** Its id in the list of peers. */
    public String id() {
        return id;
    }

    /** Its data folder. */
    public Path data() {
        return folder.resolve(id);
    }

    /** The port of its APIs. */
    public int httpPort() {
        return httpPort;
    }

    /** The port that it talks to its peers on. */
    public int raftPort() {
        return raftPort;
    }

    /** Where it serves its APIs. */
    public URI httpUri() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    /** What starts it, word for word; options given twice can be replaced in a copy. */
    public List<String> command() {
        return List.copyOf(command);
    }

    /** Starts it and returns at once. What it says is added to the files of earlier lives. */
    public void start() {
        if (isRunning()) {
            throw new IllegalStateException(id + " runs already");
        }
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(out().toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(err().toFile()));
            builder.environment().putAll(environment);
            paused = false;
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether its process is there; a paused one is, too. */
    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** Whether it runs, but its time stands still. */
    public boolean isPaused() {
        return paused && isRunning();
    }

    /** Stops its time with SIGSTOP. */
    public void pause() {
        signal("STOP");
        paused = true;
    }

    /** Lets it go on after a pause. */
    public void resume() {
        signal("CONT");
        paused = false;
    }

    /** Ends it with SIGKILL, and returns when it is gone. */
    public void kill() {
        sendKill();
        if (process != null) {
            awaitEnd();
        }
    }

    void sendKill() {
        Process current = process;
        if (current != null) {
            current.destroyForcibly();
        }
    }

    /** Ends it with SIGTERM, and returns its exit code; 143 would mean that it minded nothing. */
    public int stop() {
        Objects.requireNonNull(process, "never started").destroy();
        return awaitEnd();
    }

    /**
     * Waits until it has ended by itself.
     *
     * @return its exit code
     */
    public int awaitEnd() {
        Process current = Objects.requireNonNull(process, "never started");
        try {
            if (!current.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(id + " still runs after " + STOP_MAX.toSeconds() + " s; " + lastWords());
            }
            return current.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + id + " ended", e);
        }
    }

    private void signal(String name) {
        long pid = Objects.requireNonNull(process, "never started").pid();
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid + " failed with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signalling " + id, e);
        }
    }

    /** What it wrote to standard output, in all its lives. */
    public Path out() {
        return folder.resolve(id + ".out");
    }

    /** What it wrote to standard error, in all its lives. */
    public Path err() {
        return folder.resolve(id + ".err");
    }

    /** The end of what it said, for the report of a failure. */
    public String lastWords() {
        return id + (isRunning() ? " runs" : " does not run") + ", said " + Tail.of(out()) + " and " + Tail.of(err());
    }
}
