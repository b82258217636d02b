package io.lockgrid.testkit.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until something is true, looking again and again, and no longer than told. */
public final class Await {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /**
     * Returns when {@code condition} is true.
     *
     * @param otherwise what to say if it is not within {@code atMost}
     * @return how long it took
     * @throws AssertionError if it took longer, or the thread was interrupted
     */
    public static Duration until(BooleanSupplier condition, Duration atMost, Supplier<String> otherwise) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long passed = System.nanoTime() - start;
            if (passed > atMost.toNanos()) {
                throw new AssertionError("after " + atMost.toMillis() + " ms: " + otherwise.get());
            }
            pause(PAUSE_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Lets time pass: for the length of a load, not for something to happen. */
    public static void passed(Duration length) {
        pause(length.toNanos());
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new AssertionError("interrupted while waiting");
            }
            LockSupport.parkNanos(left);
        }
    }
}
