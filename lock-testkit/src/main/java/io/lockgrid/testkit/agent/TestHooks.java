package io.lockgrid.testkit.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Says what shall happen in a node with the agent, running or not, when it next passes a point: by a file named like
 * the point in the sibling {@code <data>.hooks/} of its data folder, which the node takes away when it acts on it.
 */
public final class TestHooks {
    private TestHooks() {}

    /**
     * The folder of the hooks of the node with this data folder; made if it is not there.
     *
     * @throws UncheckedIOException if it cannot be made
     */
    public static Path folder(Path data) {
        try {
            return Files.createDirectories(data.resolveSibling(data.getFileName() + ".hooks"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Arms a point; a passage that begins after the return of this method meets the action.
     *
     * @param data folder of the node
     * @throws IllegalArgumentException if the action is none of the point's
     */
    public static void arm(Path data, Point point, Action action) {
        if (!point.allows(action)) {
            throw new IllegalArgumentException(action + " cannot happen " + point);
        }
        try {
            // Moved into place, so that the node never reads half of it.
            Path file = folder(data).resolve(point.name());
            Path whole = Files.writeString(file.resolveSibling(point + ".new"), action.name());
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the point is armed and was not met yet. */
    public static boolean isArmed(Path data, Point point) {
        return Files.exists(folder(data).resolve(point.name()));
    }

    /** Takes back all that is armed. */
    public static void disarm(Path data) {
        try {
            for (Point point : Point.values()) {
                Files.deleteIfExists(folder(data).resolve(point.name()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
