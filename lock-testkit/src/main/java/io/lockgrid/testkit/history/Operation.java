package io.lockgrid.testkit.history;

/**
 * One call of a client and what it was told.
 *
 * @param family API that it went through
 * @param holder name that no other claim has: all operations of one claim bear it
 * @param leaseMillis lease that the claim asks for
 * @param invokedNanos when the call was made, on the clock of the test
 * @param returnedNanos when its answer was there, or was given up
 * @param status of HTTP, 0 if there was no answer
 * @param ticket as answered, empty if the API has none or did not say
 * @param token as answered: above 0 if the claim held the lock at {@code index}
 * @param index place in the log at which it was so already, -1 if the answer did not say; what was sent again after a
 *     change of leader may have been so before
 */
public record Operation(
        Action action,
        String family,
        String lock,
        String holder,
        long leaseMillis,
        long invokedNanos,
        long returnedNanos,
        Outcome outcome,
        int status,
        String ticket,
        long token,
        long index) {
    /** What was asked for. */
    public enum Action {
        /** To hold the lock at once, or to be queued for it. */
        CLAIM,
        /** Whether the claim holds by now. */
        LOOK,
        /** The end of the claim. */
        RELEASE
    }

    /** What is known of it. */
    public enum Outcome {
        /** Granted or queued; holds; released by this very call. */
        OK,
        /** Refused; does not hold; nothing was there to be released by this caller. */
        FAIL,
        /** Nothing is known: it may have happened, may yet happen, or never. */
        UNKNOWN
    }

    /** Whether the claim was said to hold the lock. */
    public boolean saysHeld() {
        return token > 0;
    }

    /** Whether the claim was said not to hold the lock: not yet, or not any more. */
    public boolean saysNotHeld() {
        return outcome == Outcome.FAIL || (action == Action.CLAIM && outcome == Outcome.OK && token == 0);
    }

    boolean isDefinite() {
        return outcome != Outcome.UNKNOWN;
    }
}
