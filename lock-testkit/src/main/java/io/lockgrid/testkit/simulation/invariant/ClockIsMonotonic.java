package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;

/** The clusterTime never goes back and never runs ahead of real time. */
public final class ClockIsMonotonic implements Invariant {
    private long latestStampedAt;

    @Override
    public void check(Observation step) {
        latestStampedAt = Math.max(latestStampedAt, step.stampedAtMillis());
        long before = step.before().clusterTimeMillis();
        long now = step.after().clusterTimeMillis();
        require(now >= before, "the clusterTime went from %d back to %d", before, now);
        require(now <= latestStampedAt, "the clusterTime is %d after %d ms of real time", now, latestStampedAt);
    }
}
