package io.lockgrid.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lockgrid.bench.driver.Measured;
import io.lockgrid.bench.driver.Plan;
import io.lockgrid.bench.driver.Second;
import org.HdrHistogram.Histogram;

/**
 * A run as JSON, for programs: what {@code docs/PERFORMANCE.md} lists, all times in ms. What is not known is left out.
 */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    /** The report. */
    public static ObjectNode of(Subject subject, Measured measured) {
        ObjectNode report = JSON.createObjectNode();
        Plan plan = measured.plan();
        report.put("workload", subject.workload());
        report.put("api", subject.api());
        var servers = report.putArray("servers");
        subject.servers().forEach(server -> servers.add(server.toString()));
        report.put("startedAt", subject.startedAt().toString());
        report.put("processors", Runtime.getRuntime().availableProcessors());
        report.put("clients", plan.clients());
        report.put("loop", plan.isOpenLoop() ? "open" : "closed");
        if (plan.isOpenLoop()) {
            report.put("cyclesPerSecondIntended", plan.cyclesPerSecond());
        }
        report.put("warmUpSeconds", plan.warmUpSeconds());
        report.put("seconds", measured.seconds());
        report.put("cycles", measured.cycles());
        report.put("cyclesPerSecond", measured.cyclesPerSecond());
        ObjectNode times = report.putObject("times");
        measured.tally().times().forEach((operation, histogram) -> put(times.putObject(operation), histogram));
        put(report.putObject("cycleCorrected"), measured.correctedCycles());
        report.put("errors", measured.tally().errorCount());
        ObjectNode kinds = report.putObject("errorsByKind");
        measured.tally().errors().forEach(kinds::put);
        putCost(report, measured);
        report.set("findings", JSON.valueToTree(measured.findings()));
        measured.complaints().forEach(report.putArray("complaints")::add);
        var course = report.putArray("course");
        measured.course().forEach(second -> put(course.addObject(), second));
        return report;
    }

    private static void putCost(ObjectNode report, Measured measured) {
        if (measured.logEntries() >= 0) {
            report.put("logEntries", measured.logEntries());
        }
        if (!measured.serverCpuSeconds().isEmpty()) {
            report.put("serverCpuSeconds", measured.serverCpuSum());
        }
        report.put("driverCpuSeconds", measured.driverCpuSeconds());
        if (measured.cycles() > 0) {
            if (!measured.serverCpuSeconds().isEmpty()) {
                report.put("serverCpuPer100kCycles", measured.per100kCycles(measured.serverCpuSum()));
            }
            report.put("driverCpuPer100kCycles", measured.per100kCycles(measured.driverCpuSeconds()));
        }
    }

    private static void put(ObjectNode to, Second second) {
        Histogram cycles = second.tally().cycles();
        to.put("second", second.number());
        to.put("cyclesPerSecond", second.cyclesPerSecond());
        to.put("p50", millis(cycles.getValueAtPercentile(50)));
        to.put("p99", millis(cycles.getValueAtPercentile(99)));
        to.put("max", millis(cycles.getMaxValue()));
        to.put("errors", second.tally().errorCount());
    }

    private static void put(ObjectNode to, Histogram times) {
        to.put("count", times.getTotalCount());
        to.put("mean", times.getTotalCount() == 0 ? 0 : times.getMean() / 1e6);
        to.put("p50", millis(times.getValueAtPercentile(50)));
        to.put("p90", millis(times.getValueAtPercentile(90)));
        to.put("p99", millis(times.getValueAtPercentile(99)));
        to.put("p999", millis(times.getValueAtPercentile(99.9)));
        to.put("max", millis(times.getMaxValue()));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
