package io.lockgrid.node.pipeline;

import io.lockgrid.statemachine.Limits;
import java.util.TreeSet;

/** One process life as the grid knows it: numbers for its batches, and which of them are unanswered. */
final class Origin {
    private final long number;
    private final TreeSet<Long> unanswered = new TreeSet<>();
    private long last;
    private boolean isKnown;

    Origin(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    /** Whether there may be another: the grid remembers outcomes only so far from the oldest unanswered one. */
    boolean isOpen() {
        return unanswered.isEmpty() || last + 1 - unanswered.first() < Limits.UNANSWERED_BATCHES_MAX;
    }

    long take() {
        unanswered.add(++last);
        return last;
    }

    /** The oldest number that is unanswered; there must be one. */
    long floor() {
        return unanswered.first();
    }

    /** The grid has applied a batch of it. Until then it must not see one whose floor is above 1. */
    boolean isKnown() {
        return isKnown;
    }

    void answered(long sequence) {
        isKnown = true;
        unanswered.remove(sequence);
    }

    void givenUp(long sequence) {
        unanswered.remove(sequence);
    }
}
