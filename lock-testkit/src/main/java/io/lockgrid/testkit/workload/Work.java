package io.lockgrid.testkit.workload;

/** What a client does while it holds a lock, or believes so. */
@FunctionalInterface
public interface Work {
    /** Takes as long as the work does. */
    void whileHolding(Hold hold);
}
