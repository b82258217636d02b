package io.lockgrid.bench.driver;

/**
 * One second of a run.
 *
 * @param number from 1, through warm-up and measurement
 * @param measured whether it counts
 * @param seconds how long it really was
 * @param tally what came in it
 */
public record Second(int number, boolean measured, double seconds, Tally tally) {
    /** Cycles that ended in each second of it. */
    public double cyclesPerSecond() {
        return tally.cycles().getTotalCount() / seconds;
    }
}
