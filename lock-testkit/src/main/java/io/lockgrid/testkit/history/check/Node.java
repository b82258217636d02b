package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.model.LockState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where a search has got to: acts that are done, by their numbers, and what the lock is like then; immutable. */
final class Node {
    static final Node START = new Node(0, new int[0], LockState.NEW, 0);

    private final int low;
    private final int[] beyond;
    private final LockState state;
    private final long clockMin;

    private Node(int low, int[] beyond, LockState state, long clockMin) {
        this.low = low;
        this.beyond = beyond;
        this.state = state;
        this.clockMin = clockMin;
    }

    /** How many are done without a gap, of those that are certain; the first that is not, so. */
    int low() {
        return low;
    }

    LockState state() {
        return state;
    }

    /** The replicated clock is not less, in ms. */
    long clockMin() {
        return clockMin;
    }

    boolean isDone(int number) {
        return number < low || Arrays.binarySearch(beyond, number) >= 0;
    }

    /** The same after one more; numbers from {@code certain} on are of acts that may never have happened. */
    Node with(int number, int certain) {
        int[] more = Arrays.copyOf(beyond, beyond.length + 1);
        more[beyond.length] = number;
        Arrays.sort(more);
        int next = low;
        int gone = 0;
        while (gone < more.length && more[gone] == next && next < certain) {
            next++;
            gone++;
        }
        return new Node(next, Arrays.copyOfRange(more, gone, more.length), state, clockMin);
    }

    /** The same with another state, at a clock that is not less than this. */
    Node at(LockState other, long clock) {
        return new Node(low, beyond, other, Math.max(clockMin, clock));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Node node
                && low == node.low
                && clockMin == node.clockMin
                && Arrays.equals(beyond, node.beyond)
                && state.equals(node.state);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * low + Arrays.hashCode(beyond)) + state.hashCode()) + Long.hashCode(clockMin);
    }
}
