package io.lockgrid.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of what a node said. */
public final class Tail {
    private static final int LINES_SHOWN = 5;

    private Tail() {}

    /** The last lines of a file; none if it is not there. */
    public static List<String> of(Path file) {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
