package io.lockgrid.bench.driver;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param plan how it was run
 * @param seconds how long the measurement really was
 * @param tally all of it, without the warm-up
 * @param course second by second, without the warm-up
 * @param serverCpuSeconds CPU time of all servers on this machine, by process id; empty if none is
 * @param logEntries entries that the replicated log grew by; -1 if not known
 * @param driverCpuSeconds CPU time of the driver itself
 * @param findings what the workload found beside times
 * @param complaints what the server must not have done
 */
public record Measured(
        Plan plan,
        double seconds,
        Tally tally,
        List<Second> course,
        Map<Long, Double> serverCpuSeconds,
        long logEntries,
        double driverCpuSeconds,
        Map<String, Object> findings,
        List<String> complaints) {
    /** Whether something was measured, and nothing was wrong. */
    public boolean wentWell() {
        return cycles() > 0 && tally.errors().isEmpty() && complaints.isEmpty();
    }

    /** Cycles that went well. */
    public long cycles() {
        return tally.cycles().getTotalCount();
    }

    /** Cycles a second. */
    public double cyclesPerSecond() {
        return cycles() / seconds;
    }

    /** CPU seconds of all servers together. */
    public double serverCpuSum() {
        return serverCpuSeconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** How much of something 100,000 cycles took. */
    public double per100kCycles(double amount) {
        return amount * 100_000 / cycles();
    }

    /**
     * The times of the cycles, in ns, corrected for what a closed loop leaves out: each that took longer than the
     * median stands for those that would have been begun meanwhile, had the server not stalled. An open loop needs
     * none.
     */
    public Histogram correctedCycles() {
        Histogram cycles = tally.cycles();
        return plan.isOpenLoop() ? cycles : cycles.copyCorrectedForCoordinatedOmission(cycles.getValueAtPercentile(50));
    }
}
