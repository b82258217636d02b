package io.lockgrid.bench.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * All processes that a run starts, and the folder that they write to. When it is closed, or this process ends however
 * it can, they are killed and the folder is gone; where there is {@code setpriv}, they die even if this process is
 * killed.
 */
final class Processes implements AutoCloseable {
    private static final String PREFIX = "run-";

    private final Path folder;
    private final List<String> prefix;
    private final List<Process> started = new ArrayList<>();
    private final Thread atExit = new Thread(this::end, "processes-at-exit");
    private boolean ended;

    /** @param folder in which one of this process is made, and those of runs that were killed are removed */
    Processes(Path folder) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            left.filter(Processes::isLeft).forEach(Processes::delete);
        }
        this.folder = folder.resolve(PREFIX + ProcessHandle.current().pid());
        this.prefix = Commands.isOnPath("setpriv") ? List.of("setpriv", "--pdeathsig", "KILL", "--") : List.of();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A new folder in the one of all. */
    Path newFolder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /**
     * Starts a program. A process of a program that dies with this one does so with the thread that starts it, which
     * must therefore be the main one.
     *
     * @param output where it writes what it says, on both ways
     */
    synchronized Process start(List<String> command, Path directory, File output) throws IOException {
        if (ended) {
            throw new IOException("the run has ended");
        }
        List<String> words = new ArrayList<>(prefix);
        words.addAll(command);
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        started.add(process);
        return process;
    }

    /** Kills those that run, and empties the folder. */
    synchronized void clear() {
        started.forEach(Process::destroyForcibly);
        started.forEach(process -> process.onExit().join());
        started.clear();
        delete(folder);
    }

    private synchronized void end() {
        ended = true;
        clear();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // The hook is running.
        }
    }

    /** Whether the run that a folder is of has ended. */
    private static boolean isLeft(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches(PREFIX + "\\d+")
                && ProcessHandle.of(Long.parseLong(name.substring(PREFIX.length())))
                        .isEmpty();
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
