package io.lockgrid.bench.report;

import java.util.Locale;

/** Times as a reader of a table wants them. */
final class Millis {
    private Millis() {}

    /** Nanoseconds as milliseconds with three digits that matter. */
    static String text(long nanos) {
        double millis = nanos / 1e6;
        String form = millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, form, millis);
    }
}
