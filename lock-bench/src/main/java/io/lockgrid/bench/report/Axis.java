package io.lockgrid.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a plot.
 *
 * @param label what it shows, with its unit
 * @param min the value at its begin
 * @param max the value at its end, more than min
 * @param ticks where it is marked, and how
 */
record Axis(String label, double min, double max, List<Tick> ticks) {
    private static final int STEPS = 5;

    /**
     * A mark.
     *
     * @param at its value
     * @param text beside it
     */
    record Tick(double at, String text) {}

    /** From 0 to at least max, marked at round numbers. */
    static Axis linear(String label, double max) {
        double step = round(Math.max(max, 1e-6) / STEPS);
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step < max + step; i++) {
            ticks.add(new Tick(i * step, text(i * step)));
        }
        return new Axis(label, 0, ticks.getLast().at(), ticks);
    }

    /** Of decimal logarithms, marked at each power of ten from that below min to that above max. */
    static Axis logarithmic(String label, double min, double max) {
        int first = (int) Math.floor(Math.log10(Math.max(min, 1e-3)));
        int last = Math.max(first + 1, (int) Math.ceil(Math.log10(Math.max(max, 1e-3))));
        List<Tick> ticks = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            ticks.add(new Tick(power, text(Math.pow(10, power))));
        }
        return new Axis(label, first, last, ticks);
    }

    /** Where a value is, from 0 to 1. */
    double place(double value) {
        return Math.clamp((value - min) / (max - min), 0, 1);
    }

    /** 1, 2 or 5 times a power of ten, not less than the number. */
    private static double round(double number) {
        double power = Math.pow(10, Math.floor(Math.log10(number)));
        double digits = number / power;
        return (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10) * power;
    }

    private static String text(double number) {
        String text = String.format(Locale.ROOT, "%,.3f", number);
        return text.replaceFirst("\\.?0+$", "");
    }
}
