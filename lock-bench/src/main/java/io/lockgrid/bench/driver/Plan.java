package io.lockgrid.bench.driver;

/**
 * How a run goes.
 *
 * @param clients how many there are, at least 1
 * @param warmUpSeconds how long they go on before anything counts
 * @param seconds how long is measured, at least 1
 * @param cyclesPerSecond of all clients together in an open loop; 0 for a closed loop, where each goes on at once
 */
public record Plan(int clients, int warmUpSeconds, int seconds, double cyclesPerSecond) {
    /** Whether cycles begin at a pace of their own, however slow the answers are. */
    public boolean isOpenLoop() {
        return cyclesPerSecond > 0;
    }

    long intervalNanos() {
        return isOpenLoop() ? Math.max(1, (long) (clients * 1e9 / cyclesPerSecond)) : 0;
    }
}
