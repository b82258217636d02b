package io.lockgrid.bench.report;

import io.lockgrid.bench.driver.Measured;
import io.lockgrid.bench.driver.Second;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** A run as a page that needs nothing else: its figures, how long its steps took, and how it went over time. */
public final class HtmlPage {
    private final Subject subject;
    private final Measured measured;
    private final Formatter page = new Formatter(Locale.ROOT);

    private HtmlPage(Subject subject, Measured measured) {
        this.subject = subject;
        this.measured = measured;
    }

    /** The page. */
    public static String of(Subject subject, Measured measured) {
        return new HtmlPage(subject, measured).write();
    }

    private String write() {
        page.format("""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>%1$s</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif;
              max-width: 800px; margin: 2em auto; padding: 0 1em; color: #222 }
            table { border-collapse: collapse; width: 100%% }
            td, th { text-align: right; padding: .2em .6em; border-bottom: 1px solid #ddd }
            td:first-child, th:first-child { text-align: left }
            svg { width: 100%%; font: 12px system-ui, sans-serif } svg text { fill: #444 }
            .grid { stroke: #e4e4e4 } .big { font-size: 2em; margin: .2em 0 } .wrong { color: #c22 }
            </style>
            <h1>%1$s</h1>
            """, subject.title());
        page.format("<p class=\"big\">%,.0f cycles/s</p>%n", measured.cyclesPerSecond());
        page.format(
                "<p>%d clients for %.1f s, begun %s. %s</p>%n",
                measured.plan().clients(), measured.seconds(), subject.startedAt(), Pace.sentence(measured.plan()));
        measured.tally()
                .errors()
                .forEach((kind, count) -> page.format("<p class=\"wrong\">%,d errors: %s</p>%n", count, kind));
        measured.complaints().forEach(complaint -> page.format("<p class=\"wrong\">%s</p>%n", complaint));
        table();
        if (measured.cycles() > 0) {
            cost();
            page.format("<h2>Time by percentile, ms</h2>%n%s", percentiles());
            page.format("<h2>Cycles a second</h2>%n%s", throughput());
            page.format("<h2>Time of a cycle, ms</h2>%n%s", course());
        }
        return page.format("</html>%n").toString();
    }

    private void table() {
        page.format("<table><tr><th>ms<th>count<th>p50<th>p90<th>p99<th>p99.9<th>max</tr>%n");
        measured.tally().times().forEach(this::row);
        if (!measured.plan().isOpenLoop()) {
            row("(corrected)", measured.correctedCycles());
        }
        page.format("</table>%n");
    }

    private void row(String operation, Histogram times) {
        page.format("<tr><td>%s<td>%,d%s</tr>%n", operation, times.getTotalCount(), cells(times));
    }

    private static String cells(Histogram times) {
        StringBuilder cells = new StringBuilder();
        for (double percentile : Console.PERCENTILES) {
            cells.append("<td>").append(Millis.text(times.getValueAtPercentile(percentile)));
        }
        return cells.toString();
    }

    private void cost() {
        if (!measured.serverCpuSeconds().isEmpty()) {
            page.format(
                    "<p>Servers: %.1f CPU seconds per 100,000 cycles.%n",
                    measured.per100kCycles(measured.serverCpuSum()));
        }
        if (measured.logEntries() >= 0) {
            page.format("Log entries: %.2f per cycle.%n", measured.logEntries() / (double) measured.cycles());
        }
        measured.findings().forEach((what, found) -> page.format("<p>%s: %s</p>%n", what, found));
    }

    /** To the right by decimal logarithms of 1 / (1 - p), so that each nine takes as much room as the one before. */
    private String percentiles() {
        List<Axis.Tick> nines = List.of(
                new Axis.Tick(0, "0"),
                new Axis.Tick(1, "90"),
                new Axis.Tick(2, "99"),
                new Axis.Tick(3, "99.9"),
                new Axis.Tick(4, "99.99"));
        double min = measured.tally().times().values().stream()
                .mapToLong(Histogram::getMinNonZeroValue)
                .min()
                .orElse(1);
        double max = measured.tally().times().values().stream()
                .mapToLong(Histogram::getMaxValue)
                .max()
                .orElse(1);
        var plot = new Plot(new Axis("percentile", 0, 4, nines), Axis.logarithmic("ms", min / 1e6, max / 1e6));
        measured.tally().times().forEach((operation, times) -> {
            List<double[]> points = new ArrayList<>();
            for (double place = 0; place <= 4; place += 0.1) {
                double percentile = 100 - 100 / Math.pow(10, place);
                double millis = times.getValueAtPercentile(percentile) / 1e6;
                points.add(new double[] {place, Math.log10(Math.max(1e-3, millis))});
            }
            plot.line(operation, points);
        });
        return plot.svg();
    }

    private String throughput() {
        double max = measured.course().stream()
                .mapToDouble(Second::cyclesPerSecond)
                .max()
                .orElse(1);
        var plot = new Plot(seconds(), Axis.linear("cycles/s", max));
        plot.line("cycles/s", points(Second::cyclesPerSecond));
        return plot.svg();
    }

    private String course() {
        double max = measured.tally().cycles().getMaxValue() / 1e6;
        var plot = new Plot(seconds(), Axis.linear("ms", max));
        plot.line("p50", points(second -> second.tally().cycles().getValueAtPercentile(50) / 1e6));
        plot.line("p99", points(second -> second.tally().cycles().getValueAtPercentile(99) / 1e6));
        plot.line("max", points(second -> second.tally().cycles().getMaxValue() / 1e6));
        return plot.svg();
    }

    private Axis seconds() {
        return Axis.linear("seconds", measured.course().getLast().number());
    }

    private List<double[]> points(ToDoubleFunction<Second> value) {
        return measured.course().stream()
                .map(second -> new double[] {second.number(), value.applyAsDouble(second)})
                .toList();
    }
}
