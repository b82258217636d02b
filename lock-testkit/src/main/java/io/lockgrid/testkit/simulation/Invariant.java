package io.lockgrid.testkit.simulation;

/** One promise, watched through one run. Remembers what it needs from step to step; each run has fresh ones. */
public interface Invariant {
    /**
     * Looks at one step.
     *
     * @throws Violation if the promise is broken
     */
    void check(Observation step);

    /** What it is called in a report. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Throws unless the promise holds. */
    @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency of its own.
    default void require(boolean holds, String promise, Object... details) {
        if (!holds) {
            throw new Violation(name(), promise.formatted(details));
        }
    }
}
