package io.lockgrid.bench.report;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** Lines over two axes, drawn as SVG. */
final class Plot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 70;
    private static final int RIGHT = 130;
    private static final int TOP = 10;
    private static final int BOTTOM = 45;
    private static final List<String> COLOURS =
            List.of("#0b6e99", "#d9730d", "#4d6461", "#ad1a72", "#6940a5", "#448361", "#c4554d");

    private final Axis x;
    private final Axis y;
    private final Formatter svg = new Formatter(Locale.ROOT);
    private int lines;

    Plot(Axis x, Axis y) {
        this.x = x;
        this.y = y;
        svg.format(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH, HEIGHT, y.label() + " by " + x.label());
        for (Axis.Tick tick : x.ticks()) {
            double at = xAt(tick.at());
            svg.format(
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                    at, at, TOP, HEIGHT - BOTTOM);
            svg.format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    at, HEIGHT - BOTTOM + 16, tick.text());
        }
        for (Axis.Tick tick : y.ticks()) {
            double at = yAt(tick.at());
            svg.format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                    LEFT, WIDTH - RIGHT, at, at);
            svg.format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 6, at + 4, tick.text());
        }
        svg.format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, x.label());
    }

    /**
     * A line.
     *
     * @param points each with its value on the x and on the y axis
     */
    void line(String name, List<double[]> points) {
        String colour = COLOURS.get(lines % COLOURS.size());
        List<String> places = new ArrayList<>();
        for (double[] point : points) {
            places.add(String.format(Locale.ROOT, "%.1f,%.1f", xAt(point[0]), yAt(point[1])));
        }
        svg.format(
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n",
                colour, String.join(" ", places));
        int legend = TOP + 14 + 18 * lines++;
        svg.format("<text x=\"%d\" y=\"%d\" style=\"fill:%s\">%s</text>%n", WIDTH - RIGHT + 12, legend, colour, name);
    }

    /** The drawing. */
    String svg() {
        return svg + "</svg>\n";
    }

    private double xAt(double value) {
        return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private double yAt(double value) {
        return TOP + (1 - y.place(value)) * (HEIGHT - TOP - BOTTOM);
    }
}
