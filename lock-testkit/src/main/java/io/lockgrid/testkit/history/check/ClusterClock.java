package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Recorded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Invariant 12: the replicated clock never goes back along the log, has one time at one index, and is never ahead of
 * real time: between two answers it goes no further than the test's own clock, but for the allowed drift.
 */
final class ClusterClock implements HistoryCheck {
    /** Both clocks are cut to whole milliseconds. */
    private static final long ROUNDING_MILLIS = 2;

    private final double drift;

    ClusterClock(double drift) {
        this.drift = drift;
    }

    private record Reading(long invokedNanos, long returnedNanos, long index, long millis, Recorded told) {}

    @Override
    public List<Finding> findings(History history) {
        List<Reading> readings = new ArrayList<>();
        for (Operation op : history.operations()) {
            readings.add(new Reading(op.invokedNanos(), op.returnedNanos(), op.index(), op.clusterTimeMillis(), op));
        }
        for (Listing seen : history.listings()) {
            readings.add(new Reading(
                    seen.invokedNanos(), seen.returnedNanos(), seen.index(), seen.clusterTimeMillis(), seen));
        }
        readings.removeIf(reading -> reading.index < 0 || reading.millis < 0);
        List<Finding> findings = new ArrayList<>(steps(readings));
        findings.addAll(leaps(readings));
        return findings;
    }

    private static List<Finding> steps(List<Reading> readings) {
        List<Finding> findings = new ArrayList<>();
        Reading before = null;
        for (Reading reading : readings.stream()
                .sorted(Comparator.comparingLong(Reading::index).thenComparingLong(Reading::millis))
                .toList()) {
            if (before != null && reading.index == before.index && reading.millis != before.millis) {
                findings.add(new Finding("two times at one index", before.told, reading.told));
            } else if (before != null && reading.millis < before.millis) {
                findings.add(new Finding("the clock went back", before.told, reading.told));
            }
            before = reading;
        }
        return findings;
    }

    /** The clock had this time at an invocation at the least, and at a return at the most. */
    private List<Finding> leaps(List<Reading> readings) {
        List<Finding> findings = new ArrayList<>();
        List<Reading> byInvocation = readings.stream()
                .sorted(Comparator.comparingLong(Reading::invokedNanos))
                .toList();
        Reading slowest = null;
        int next = 0;
        for (Reading reading : readings.stream()
                .sorted(Comparator.comparingLong(Reading::returnedNanos))
                .toList()) {
            while (next < byInvocation.size() && byInvocation.get(next).invokedNanos <= reading.returnedNanos) {
                slowest = slower(slowest, byInvocation.get(next++));
            }
            if (slowest != null && lead(reading.millis, reading.returnedNanos) > lead(slowest) + ROUNDING_MILLIS) {
                findings.add(new Finding("the clock went faster than time", slowest.told, reading.told));
            }
        }
        return findings;
    }

    private Reading slower(@Nullable Reading one, Reading other) {
        return one == null || lead(other) < lead(one) ? other : one;
    }

    private double lead(Reading reading) {
        return lead(reading.millis, reading.invokedNanos);
    }

    private double lead(long millis, long nanos) {
        return millis - nanos / 1e6 * (1 + drift);
    }
}
