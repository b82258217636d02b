package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Recorded;
import io.lockgrid.testkit.history.model.Act;
import io.lockgrid.testkit.history.model.Span;
import java.util.Comparator;

/**
 * An act, and where in the log it may have its place. Places are counted twice as fast as the index, so that what was
 * read at an index comes after all that was done by its entry: 2 · index for commands, one more for reads.
 *
 * @param first place at which it can have happened
 * @param last place at which it can have happened; {@link #NEVER} for what may not have happened at all
 * @param clock the replicated clock at the last place
 * @param clockMin the replicated clock at the first place is not less, in ms
 * @param order among acts of one last place, as far as it is known: tokens
 * @param told what it was recorded by
 */
record Placed(Act act, long first, long last, Span clock, long clockMin, long order, Recorded told) {
    static final long NEVER = Long.MAX_VALUE;

    /**
     * The order in which most histories happened: at the last place, those that do something first. What may not have
     * happened comes behind, in the order in which it was asked for.
     */
    static final Comparator<Placed> LIKELY = Comparator.comparingLong(Placed::last)
            .thenComparing(placed -> !placed.act.changes())
            .thenComparingLong(Placed::order)
            .thenComparingLong(Placed::first);

    /** Whether it may never have happened. */
    boolean isOptional() {
        return last == NEVER;
    }

    /** Whether it only sees, and may have done so at more than one place. */
    boolean isFloating() {
        return !act.changes() && first < last;
    }

    boolean isAtIndexOf(Placed other) {
        return last / 2 == other.last / 2;
    }

    static long ofCommand(long index) {
        return 2 * index;
    }

    static long ofRead(long index) {
        return 2 * index + 1;
    }
}
