package io.lockgrid.testkit.workload;

import io.lockgrid.testkit.cluster.Await;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** How long clients of a test wait between their calls. */
public final class Pace {
    /** No call of unknown outcome is tried for longer, and no ticket waits longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Pace() {}

    /** Lets a random time pass. */
    public static void pause(int millisMin, int millisMax) {
        pause(ThreadLocalRandom.current(), millisMin, millisMax);
    }

    static void pause(Random random, int millisMin, int millisMax) {
        Await.passed(Duration.ofMillis(random.nextLong(millisMin, millisMax + 1L)));
    }

    /** Tries until it is done. */
    public static void untilDone(BooleanSupplier attempt, String what) {
        untilDone(attempt, what, () -> pause(5, 15));
    }

    static void untilDone(BooleanSupplier attempt, String what, Runnable rest) {
        long start = System.nanoTime();
        while (!attempt.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError(what + " was not done within " + PATIENCE.toSeconds() + " s");
            }
            rest.run();
        }
    }
}
