package io.lockgrid.testkit.history.check;

import java.time.Duration;
import java.util.List;

/**
 * What a run knows about itself beyond what its clients were told, for the checks that need it.
 *
 * @param healthy when nothing was wrong: no fault was on, and the grid had had time to recover from the last one
 * @param grantMax longest time in which a healthy grid notices that a lease is over: an election, a tick and an answer
 * @param drift how much faster or slower than the test's clock a machine's monotonic clock may go, as a share of 1
 * @param replicaFindings what the comparison of the nodes' logs and snapshots found, empty if they are equal
 * @param searchMax time for the search of one lock; what it leaves undecided counts as failed
 */
public record Conditions(
        List<Healthy> healthy, Duration grantMax, double drift, List<String> replicaFindings, Duration searchMax) {
    /** Of a run of which nothing is known: what needs to know more finds nothing. */
    public static final Conditions UNKNOWN =
            new Conditions(List.of(), Duration.ofSeconds(10), 0.01, List.of(), Duration.ofSeconds(60));

    /**
     * A time without faults.
     *
     * @param fromNanos on the monotonic clock of the history, in ns
     * @param toNanos on the same clock
     */
    public record Healthy(long fromNanos, long toNanos) {}

    /** Copies the lists. */
    public Conditions {
        healthy = List.copyOf(healthy);
        replicaFindings = List.copyOf(replicaFindings);
    }

    /** The same with these times without faults. */
    public Conditions withHealthy(List<Healthy> times) {
        return new Conditions(times, grantMax, drift, replicaFindings, searchMax);
    }

    /** The same with what the comparison of the nodes found. */
    public Conditions withReplicas(List<String> findings) {
        return new Conditions(healthy, grantMax, drift, findings, searchMax);
    }

    /** The same with another time for the search of one lock. */
    public Conditions withSearchMax(Duration time) {
        return new Conditions(healthy, grantMax, drift, replicaFindings, time);
    }
}
