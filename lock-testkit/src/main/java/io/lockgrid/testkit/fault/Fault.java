package io.lockgrid.testkit.fault;

import java.util.Set;

/** Something that goes wrong and is put right again. It remembers what it did; one thread, one cluster. */
public interface Fault {
    /** As {@code --nemesis} names it. */
    String name();

    /** What the cluster must have for it. */
    default Set<Need> needs() {
        return Set.of();
    }

    /**
     * Does it to a cluster that is whole, and reports it. It lasts until it is healed.
     *
     * @throws AssertionError if it could not be done
     */
    void inject(FaultContext context);

    /**
     * Puts everything right, and waits until all nodes are ready.
     *
     * @throws AssertionError if they are not in time
     */
    default void heal(FaultContext context) {
        context.restore();
    }
}
