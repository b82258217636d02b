package io.lockgrid.bench.report;

import io.lockgrid.bench.driver.Measured;
import io.lockgrid.bench.driver.Plan;
import io.lockgrid.bench.driver.Second;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A run on a terminal: a line each second, and a table at the end. */
public final class Console {
    static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 100.0);

    private final PrintWriter out;

    public Console(PrintWriter out) {
        this.out = out;
    }

    /** One line for a second of the run. */
    public void progress(Second second) {
        Histogram cycles = second.tally().cycles();
        out.printf(
                Locale.ROOT,
                "%4d s %s %,9.0f cycles/s  p50 %s  p99 %s  max %s%s%n",
                second.number(),
                second.measured() ? "        " : "warm-up ",
                second.cyclesPerSecond(),
                Millis.text(cycles.getValueAtPercentile(50)),
                Millis.text(cycles.getValueAtPercentile(99)),
                Millis.text(cycles.getMaxValue()),
                second.tally().errorCount() == 0
                        ? ""
                        : "  errors " + second.tally().errorCount());
        out.flush();
    }

    /** The table. */
    public void summary(Subject subject, Measured measured) {
        Plan plan = measured.plan();
        out.printf(
                Locale.ROOT,
                "%n%s, %d clients, %.1f s after %d s of warm-up%n",
                subject.title(),
                plan.clients(),
                measured.seconds(),
                plan.warmUpSeconds());
        out.printf(Locale.ROOT, "%s%n", Pace.sentence(plan));
        out.printf(Locale.ROOT, "%n%,.1f cycles/s%n%n", measured.cyclesPerSecond());
        out.printf(
                Locale.ROOT, "%-12s %10s %9s %9s %9s %9s %9s   ms%n", "", "count", "p50", "p90", "p99", "p99.9", "max");
        measured.tally().times().forEach(this::row);
        if (!plan.isOpenLoop()) {
            row("(corrected)", measured.correctedCycles());
        }
        out.printf(Locale.ROOT, "%n");
        if (measured.tally().errors().isEmpty()) {
            out.printf(Locale.ROOT, "No errors.%n");
        }
        measured.tally().errors().forEach((kind, count) -> out.printf(Locale.ROOT, "%,d errors: %s%n", count, kind));
        measured.findings().forEach((what, found) -> out.printf(Locale.ROOT, "%s: %s%n", what, found));
        measured.complaints().forEach(complaint -> out.printf(Locale.ROOT, "WRONG: %s%n", complaint));
        if (measured.cycles() > 0) {
            cost(measured);
        }
        out.flush();
    }

    private void row(String operation, Histogram times) {
        out.printf(Locale.ROOT, "%-12s %,10d", operation, times.getTotalCount());
        for (double percentile : PERCENTILES) {
            out.printf(Locale.ROOT, " %9s", Millis.text(times.getValueAtPercentile(percentile)));
        }
        out.printf(Locale.ROOT, "%n");
    }

    private void cost(Measured measured) {
        if (measured.logEntries() >= 0) {
            out.printf(
                    Locale.ROOT,
                    "Log: %,d entries, %.2f per cycle%n",
                    measured.logEntries(),
                    measured.logEntries() / (double) measured.cycles());
        }
        if (!measured.serverCpuSeconds().isEmpty()) {
            cost("Servers (" + measured.serverCpuSeconds().size() + " processes)", measured.serverCpuSum(), measured);
        }
        cost("Driver", measured.driverCpuSeconds(), measured);
    }

    private void cost(String who, double cpuSeconds, Measured measured) {
        out.printf(
                Locale.ROOT,
                "%s: %.2f cores, %.1f CPU seconds per 100,000 cycles%n",
                who,
                cpuSeconds / measured.seconds(),
                measured.per100kCycles(cpuSeconds));
    }
}
