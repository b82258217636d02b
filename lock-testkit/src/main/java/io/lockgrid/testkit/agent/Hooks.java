package io.lockgrid.testkit.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The points in the node itself: the code that the agent weaves in calls {@link #pass}. Any thread. */
public final class Hooks {
    /** How long {@link Action#SLOW} holds a thread up. */
    public static final long SLOW_MILLIS = 100;

    /** As a process that was killed ends. */
    private static final int KILLED = 137;

    private static volatile @Nullable File folder;

    private Hooks() {}

    static void lookIn(File hooks) {
        folder = hooks;
    }

    /**
     * A thread passes a point. Where nothing is armed this is one look for a file that is not there: about 1 µs.
     *
     * @throws IOException if the point is armed with a full disk
     */
    public static void pass(Point point) throws IOException {
        File file = new File(folder, point.name());
        if (!file.exists()) {
            return;
        }
        switch (take(file.toPath())) {
            case null -> {}
            case CRASH -> Runtime.getRuntime().halt(KILLED);
            case FAIL_NO_SPACE -> throw new IOException("No space left on device");
            case SLOW -> hold(TimeUnit.MILLISECONDS.toNanos(SLOW_MILLIS));
        }
    }

    /** Null if it was disarmed meanwhile, or another thread took it. */
    private static @Nullable Action take(Path file) throws IOException {
        try {
            Action action = Action.valueOf(Files.readString(file));
            return action == Action.SLOW || Files.deleteIfExists(file) ? action : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static void hold(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
