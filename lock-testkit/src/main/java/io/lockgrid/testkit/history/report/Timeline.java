package io.lockgrid.testkit.history.report;

import io.lockgrid.testkit.history.Disturbance;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Recorded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A history as a page: a row for each process, a bar for each call from invocation to return, in the colour of its
 * outcome; faults are shaded, and what the finding is about is framed. The page needs nothing else.
 */
final class Timeline {
    private static final int LEFT = 150;
    private static final int RIGHT = 90;
    private static final int TOP = 46;
    private static final int ROW = 34;
    private static final int BAR = 20;
    private static final double BAR_WIDTH_MIN = 4;
    private static final double WIDTH_MIN = 1_100;
    private static final double WIDTH_MAX = 24_000;
    private static final int TICKS = 10;
    private static final String STYLE = """
            body { font: 14px/1.4 system-ui, sans-serif; margin: 24px; color: #1b1f24; background: #fff }
            h1 { font-size: 20px } code, td { font-family: ui-monospace, monospace; font-size: 12px }
            .scroll { overflow-x: auto; border: 1px solid #d0d7de; margin: 16px 0 }
            .OK { fill: #2da44e } .FAIL { fill: #8c959f } .UNKNOWN { fill: #d4a72c }
            .NOT_SENT { fill: #8250df } .READ { fill: #54aeff }
            .culprit { stroke: #cf222e; stroke-width: 3 } .fault { fill: #ff818266 } .grid { stroke: #eaeef2 }
            text { font: 11px ui-monospace, monospace; fill: #1b1f24 } .inside { fill: #fff; pointer-events: none }
            table { border-collapse: collapse }
            td, th { padding: 2px 10px 2px 0; text-align: left; white-space: nowrap; vertical-align: top }
            td:last-child { white-space: normal }
            tr.culprit td { color: #cf222e } .key span { padding: 1px 8px; border-radius: 3px; color: #fff }
            """;

    private final History history;
    private final Finding finding;
    private final Map<String, Integer> rows = new LinkedHashMap<>();
    private final long begin;
    private final long end;
    private final double width;

    /** Of the table. */
    private record Line(Recorded one, String process, long fromNanos, long toNanos) {}

    private Timeline(History history, Finding finding) {
        this.history = history;
        this.finding = finding;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long shortest = Long.MAX_VALUE;
        for (Operation op : history.operations()) {
            rows.putIfAbsent(op.process(), rows.size());
            first = Math.min(first, op.invokedNanos());
            last = Math.max(last, op.returnedNanos());
            shortest = Math.min(shortest, Math.max(100_000, op.returnedNanos() - op.invokedNanos()));
        }
        for (Listing listing : history.listings()) {
            rows.putIfAbsent(listing.process(), rows.size());
            first = Math.min(first, listing.invokedNanos());
            last = Math.max(last, listing.returnedNanos());
        }
        this.begin = rows.isEmpty() ? 0 : first;
        this.end = rows.isEmpty() ? 1 : Math.max(last, first + 1);
        this.width = Math.clamp((end - begin) / (double) shortest * BAR_WIDTH_MIN, WIDTH_MIN, WIDTH_MAX);
    }

    /** The page of what a check found. */
    static String page(String check, Finding finding, History history) {
        Timeline timeline = new Timeline(history, finding);
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>%1$s</title><style>
                %2$s</style></head><body>
                <h1>%1$s</h1>
                <p>%3$s</p>
                <p class="key"><span style="background:#2da44e">done</span>
                <span style="background:#8c959f">refused, or not held</span>
                <span style="background:#d4a72c">nobody knows</span>
                <span style="background:#8250df">not sent</span>
                <span style="background:#54aeff">a list</span>
                <span style="background:#ff8182">a fault</span>
                A red frame: what the finding is about. Point at a bar for all that is known of it.
                Times are ms from the first call.</p>
                <div class="scroll">
                %4$s</div>
                <table><tr><th>from ms</th><th>to ms</th><th>process</th><th>what</th></tr>
                %5$s</table>
                </body></html>
                """.formatted(escape(check), STYLE, escape(finding.what()), timeline.picture(), timeline.table());
    }

    private String picture() {
        int height = TOP + rows.size() * ROW + 10;
        StringBuilder out = new StringBuilder();
        line(
                out,
                String.format(
                        Locale.ROOT, "<svg width=\"%.0f\" height=\"%d\" role=\"img\">", LEFT + width + RIGHT, height));
        for (Disturbance fault : history.disturbances()) {
            fault(out, fault, height);
        }
        axis(out, height);
        rows.forEach((process, row) -> line(
                out, String.format(Locale.ROOT, "<text x=\"6\" y=\"%d\">%s</text>", y(row) + 14, escape(process))));
        for (Operation op : history.operations()) {
            bar(
                    out,
                    op,
                    op.process(),
                    op.invokedNanos(),
                    op.returnedNanos(),
                    op.outcome().name(),
                    label(op));
        }
        for (Listing seen : history.listings()) {
            bar(out, seen, seen.process(), seen.invokedNanos(), seen.returnedNanos(), "READ", "list");
        }
        line(out, "</svg>");
        return out.toString();
    }

    private void axis(StringBuilder out, int height) {
        for (int i = 0; i <= TICKS; i++) {
            long moment = begin + (end - begin) * i / TICKS;
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "<line class=\"grid\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\"/>",
                            x(moment),
                            TOP - 8,
                            height));
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%d\">%.1f ms</text>",
                            x(moment) + 2,
                            TOP - 12,
                            (moment - begin) / 1e6));
        }
    }

    private void fault(StringBuilder out, Disturbance fault, int height) {
        long from = Math.max(begin, fault.beginNanos());
        long to = Math.min(end, fault.endNanos());
        if (from <= to) {
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "<rect class=\"fault\" x=\"%.1f\" y=\"14\" width=\"%.1f\" height=\"%d\">"
                                    + "<title>%s</title></rect>",
                            x(from),
                            Math.max(BAR_WIDTH_MIN, x(to) - x(from)),
                            height,
                            escape(fault.what())));
            line(out, String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"12\">%s</text>", x(from), escape(fault.what())));
        }
    }

    private void bar(StringBuilder out, Recorded one, String process, long from, long to, String kind, String label) {
        double length = Math.max(BAR_WIDTH_MIN, x(to) - x(from));
        int top = y(rows.getOrDefault(process, 0));
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "<rect class=\"%s%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\">"
                                + "<title>%s</title></rect>",
                        kind,
                        isCulprit(one) ? " culprit" : "",
                        x(from),
                        top,
                        length,
                        BAR,
                        escape(one.toString())));
        if (length > label.length() * 7.0) {
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "<text class=\"inside\" x=\"%.1f\" y=\"%d\">%s</text>",
                            x(from) + 3,
                            top + 14,
                            escape(label)));
        }
    }

    private static String label(Operation op) {
        String name = op.action().name().toLowerCase(Locale.ROOT);
        String waits = op.position() == 0 ? name : name + ", waits at " + op.position();
        return op.token() == 0 ? waits : name + " " + op.token();
    }

    private String table() {
        List<Line> lines = new ArrayList<>();
        history.operations()
                .forEach(op -> lines.add(new Line(op, op.process(), op.invokedNanos(), op.returnedNanos())));
        history.listings()
                .forEach(seen -> lines.add(new Line(seen, seen.process(), seen.invokedNanos(), seen.returnedNanos())));
        lines.sort(Comparator.comparingLong(Line::fromNanos));
        StringBuilder out = new StringBuilder();
        for (Line each : lines) {
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "<tr%s><td>%.3f</td><td>%.3f</td><td>%s</td><td>%s</td></tr>",
                            isCulprit(each.one()) ? " class=\"culprit\"" : "",
                            (each.fromNanos() - begin) / 1e6,
                            (each.toNanos() - begin) / 1e6,
                            escape(each.process()),
                            escape(each.one().toString())));
        }
        return out.toString();
    }

    private boolean isCulprit(Recorded one) {
        return finding.because().contains(one);
    }

    private double x(long nanos) {
        return LEFT + (nanos - begin) / (double) (end - begin) * width;
    }

    private static int y(int row) {
        return TOP + row * ROW;
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
