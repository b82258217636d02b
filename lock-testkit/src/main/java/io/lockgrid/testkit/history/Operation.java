package io.lockgrid.testkit.history;

import java.util.Locale;

/**
 * One call of a client and what it was told. Numbers that the answer did not say are 0, or -1 where it is noted.
 *
 * @param queues whether a claim waits in line for a held lock (sfp) or only tries (Dapr, OpenSearch)
 * @param family API that it went through: {@code sfp}, {@code dapr} or {@code opensearch}
 * @param process the client that called, which has one call at a time
 * @param lock {@code namespace/name}
 * @param holder name that no other claim has: all operations of one claim bear it, whatever the API calls its owner
 * @param key idempotency key that was sent with it, empty if none: calls of one key take effect once in all
 * @param leaseMillis lease that the call asks for, in ms
 * @param namedToken fencing token by which the call names the grant that it means (OpenSearch's {@code if_seq_no}), 0
 *     if it names none
 * @param invokedNanos when the call was made, on the monotonic clock of the test, in ns
 * @param returnedNanos when its answer was there, or was given up, on the same clock
 * @param status of HTTP, 0 if there was no answer, -1 if no node took the connection
 * @param ticket as answered, empty if the API has none or did not say
 * @param token as answered: above 0 if the claim held the lock at {@code index}
 * @param position in the queue as answered: 1 for the next in line, 0 if it did not say or does not wait
 * @param index place in the log at which it was so already, -1 if the answer did not say; what was sent again after a
 *     change of leader, or was looked up afterwards, may have been so before
 * @param clusterTimeMillis replicated clock at {@code index} in ms, -1 if the answer did not say
 * @param leaseEndMillis replicated clock at which the lease ends in ms, -1 if the answer did not say
 */
public record Operation(
        Action action,
        boolean queues,
        String family,
        String process,
        String lock,
        String holder,
        String key,
        long leaseMillis,
        long namedToken,
        long invokedNanos,
        long returnedNanos,
        Outcome outcome,
        int status,
        String ticket,
        long token,
        int position,
        long index,
        long clusterTimeMillis,
        long leaseEndMillis)
        implements Recorded {
    /** What was asked for. */
    public enum Action {
        /** To hold the lock at once, or to be queued for it. */
        CLAIM,
        /** Whether the claim holds by now; its status. */
        LOOK,
        /** A later end of the lease. */
        RENEW,
        /** The end of the claim: of its hold, or of its wait. */
        RELEASE,
        /** The end of all claims to the lock, by force. */
        CLEAR
    }

    /** What is known of it. */
    public enum Outcome {
        /** Granted or queued; holds; renewed; released by this very call; cleared. */
        OK,
        /** Refused; does not hold; nothing was there to be released by this caller. */
        FAIL,
        /** It did not happen and never will: so the answer said, or no node took the connection. */
        NOT_SENT,
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

    /** Whether the grid decided it: with success, or with a refusal. */
    public boolean isDefinite() {
        return outcome == Outcome.OK || outcome == Outcome.FAIL;
    }

    /** Whether something may have come of it. */
    public boolean mayHaveHappened() {
        return outcome == Outcome.OK || outcome == Outcome.UNKNOWN;
    }

    /** Whether it may end a hold of others: a clear, or a release through the API that knows no owners. */
    boolean mayEndOthers() {
        return action == Action.CLEAR || (action == Action.RELEASE && family.equals("opensearch") && namedToken == 0);
    }

    /** In few words; moments in seconds. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s of %s by %s (%s) %.3f-%.3f s: %s %d%s%s%s%s%s",
                action,
                lock,
                holder,
                family,
                invokedNanos / 1e9,
                returnedNanos / 1e9,
                outcome,
                status,
                said(" ticket ", ticket, ""),
                said(" token ", token, 0L),
                said(" position ", position, 0),
                said(" index ", index, -1L),
                said(" clusterTime ", clusterTimeMillis, -1L));
    }

    private static String said(String name, Object value, Object nothing) {
        return value.equals(nothing) ? "" : name + value;
    }
}
