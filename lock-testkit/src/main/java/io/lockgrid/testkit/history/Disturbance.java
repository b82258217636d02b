package io.lockgrid.testkit.history;

/**
 * A fault that was injected, from its begin to when all was put right again.
 *
 * @param what kind and target, in words
 * @param beginNanos on the monotonic clock of the test, in ns
 * @param endNanos on the same clock
 */
public record Disturbance(String what, long beginNanos, long endNanos) implements Recorded {}
