package io.lockgrid.testkit.workload;

import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * How a client behaves. Of one thread.
 *
 * @param leaseSeconds lease that it asks for
 * @param random what it chooses by
 * @param restMillisMin how long it rests at least before it calls again
 * @param restMillisMax how long it rests at most
 * @param rough whether it does what clients should be able to do at any time: go away without a word, send a call again
 *     whose answer it has, renew
 * @param work what it does while it holds a lock
 */
public record Habits(int leaseSeconds, Random random, int restMillisMin, int restMillisMax, boolean rough, Work work) {
    /** Once in so many times a rough client goes away without a word: its lease has to run out. */
    static final int GONE = 100;

    /** Once in so many times a rough client sends a call again whose answer it has. */
    static final int RESENT = 10;

    /** Once in so many times a rough client renews. */
    static final int RENEWED = 3;

    /** Hurried and tidy. */
    public static Habits plain(int leaseSeconds) {
        Random random = new Random();
        return new Habits(leaseSeconds, random, 5, 25, false, hold -> Pace.pause(random, 0, 4));
    }

    /** Whether it does now what a rough client does once in so many times. */
    boolean isRoughOnceIn(int times) {
        return rough && random.nextInt(times) == 0;
    }

    /** Whether it does now what it does once in so many times. */
    boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    void rest() {
        Pace.pause(random, restMillisMin, restMillisMax);
    }

    /** Tries, with rests between, until it is done. */
    void untilDone(BooleanSupplier attempt, String what) {
        Pace.untilDone(attempt, what, this::rest);
    }

    long leaseMillis() {
        return leaseSeconds * 1_000L;
    }
}
