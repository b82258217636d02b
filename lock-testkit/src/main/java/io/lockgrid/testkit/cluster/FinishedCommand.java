package io.lockgrid.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that ran to its end.
 *
 * @param out lines of its standard output
 * @param err lines of its standard error
 */
public record FinishedCommand(int exitCode, List<String> out, List<String> err) {
    /** Runs a command; it is killed, and the test fails, if it has not ended in time. */
    public static FinishedCommand run(List<String> command, Duration atMost) {
        try {
            Path out = Files.createTempFile("lockgrid-", ".out");
            Path err = Files.createTempFile("lockgrid-", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
                process.destroyForcibly();
                List<String> errLines = Files.readAllLines(err);
                if (!ended) {
                    throw new AssertionError("still ran after " + atMost.toSeconds() + " s: " + command + errLines);
                }
                return new FinishedCommand(process.exitValue(), Files.readAllLines(out), errLines);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }
}
