package io.lockgrid.bench.driver;

import java.util.List;
import java.util.Map;

/**
 * What a run measured.
 *
 * @param plan how it was run
 * @param seconds how long the measurement really was
 * @param tally all of it, without the warm-up
 * @param course second by second, without the warm-up
 * @param serverCpuSeconds CPU time of all servers on this machine, by process id; empty if none is
 * @param driverCpuSeconds CPU time of the driver itself
 * @param findings what the workload found beside times
 */
public record Measured(
        Plan plan,
        double seconds,
        Tally tally,
        List<Second> course,
        Map<Long, Double> serverCpuSeconds,
        double driverCpuSeconds,
        Map<String, Object> findings) {
    /** Cycles a second. */
    public double cyclesPerSecond() {
        return tally.cycles().getTotalCount() / seconds;
    }

    /** CPU seconds that all servers together took for 100,000 cycles; NaN if not known. */
    public double cpuPer100kCycles() {
        double cpu = serverCpuSeconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        return serverCpuSeconds.isEmpty()
                ? Double.NaN
                : cpu * 100_000 / tally.cycles().getTotalCount();
    }
}
