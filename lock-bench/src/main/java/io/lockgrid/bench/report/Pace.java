package io.lockgrid.bench.report;

import io.lockgrid.bench.driver.Plan;
import java.util.Locale;

/** What a reader must know of how a run's cycles began, to read its times right. */
final class Pace {
    private Pace() {}

    static String sentence(Plan plan) {
        return plan.isOpenLoop()
                ? String.format(
                        Locale.ROOT,
                        "Open loop at %,.0f cycles/s: times count from when a cycle should have begun.",
                        plan.cyclesPerSecond())
                : "Closed loop: a client begins its next cycle when the last is over; (corrected) adds those that a"
                        + " stall kept from being begun.";
    }
}
