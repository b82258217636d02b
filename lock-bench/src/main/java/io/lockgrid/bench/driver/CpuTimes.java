package io.lockgrid.bench.driver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The CPU time that processes take from when this was made. */
final class CpuTimes {
    private final Map<Long, Double> before;
    private final double driverBefore;

    CpuTimes(List<Long> servers) {
        this.before = now(servers);
        this.driverBefore = seconds(ProcessHandle.current());
    }

    /** CPU seconds of each server that still runs, by process id. */
    Map<Long, Double> ofServers() {
        Map<Long, Double> taken = now(List.copyOf(before.keySet()));
        taken.replaceAll((process, seconds) -> seconds - before.getOrDefault(process, 0.0));
        return taken;
    }

    double ofDriver() {
        return seconds(ProcessHandle.current()) - driverBefore;
    }

    private static Map<Long, Double> now(List<Long> processes) {
        Map<Long, Double> times = new TreeMap<>();
        for (long process : processes) {
            ProcessHandle.of(process).ifPresent(handle -> times.put(process, seconds(handle)));
        }
        return times;
    }

    private static double seconds(ProcessHandle process) {
        Optional<Duration> cpu = process.info().totalCpuDuration();
        return cpu.map(Duration::toMillis).orElse(0L) / 1e3;
    }
}
