package io.lockgrid.testkit.simulation;

/**
 * Real time, and the clock that the leader stamps with: the clusterTime when it began to lead plus the real time since
 * then. So stamps never run ahead of real time, and a leader change only holds them back.
 */
final class Clocks {
    private long realMillis;
    private long wallOffsetMillis = 1_767_225_600_000L;
    private long leadsSinceMillis;
    private long clusterTimeThenMillis;

    long realMillis() {
        return realMillis;
    }

    long wallMillis() {
        return realMillis + wallOffsetMillis;
    }

    void pass(long millis) {
        realMillis += millis;
    }

    void setWall(long offsetMillis) {
        wallOffsetMillis = offsetMillis;
    }

    void lead(long clusterTimeMillis) {
        leadsSinceMillis = realMillis;
        clusterTimeThenMillis = clusterTimeMillis;
    }

    /** The real time of a stamp made {@code agoMillis} ago, but by this leader. */
    long stampedAt(long agoMillis) {
        return Math.max(leadsSinceMillis, realMillis - agoMillis);
    }

    long stamp(long stampedAtMillis) {
        return clusterTimeThenMillis + stampedAtMillis - leadsSinceMillis;
    }
}
