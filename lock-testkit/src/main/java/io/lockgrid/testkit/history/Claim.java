package io.lockgrid.testkit.history;

import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * All that one claim to a lock was told, and what follows for sure. Moments that are not known are {@link #NEVER}.
 *
 * @param operations of this claim, in order of their invocation
 * @param enders operations of others that may have ended it: clears of the lock, and releases that name no hold
 */
public record Claim(String lock, String holder, List<Operation> operations, List<Operation> enders) {
    /** Later than all. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Sorts the operations. */
    public Claim {
        operations = operations.stream()
                .sorted(Comparator.comparingLong(Operation::invokedNanos))
                .toList();
        enders = List.copyOf(enders);
    }

    /** When it first asked for the lock. */
    public long invokedNanos() {
        return first(of(Action.CLAIM), Operation::invokedNanos);
    }

    /** When it knew that it is queued or holds. */
    public long answeredNanos() {
        return earliest(of(Action.CLAIM).and(op -> op.outcome() == Outcome.OK), Operation::returnedNanos);
    }

    /** The token of its grant, 0 if it never knew to hold. */
    public long token() {
        return operations.stream().mapToLong(Operation::token).max().orElse(0);
    }

    /** When it knew that it holds. */
    public long heldFromNanos() {
        return earliest(Operation::saysHeld, Operation::returnedNanos);
    }

    /** A place in the log at which it held already. */
    public long heldIndex() {
        return earliest(op -> op.saysHeld() && op.index() >= 0, Operation::index);
    }

    /** When it was granted at the earliest: not before it asked, nor before it was last told to wait. */
    public long grantedFromNanos() {
        long heldFrom = heldFromNanos();
        return operations.stream()
                .filter(op -> op.saysNotHeld() && op.returnedNanos() < heldFrom)
                .mapToLong(Operation::invokedNanos)
                .max()
                .orElse(invokedNanos());
    }

    /** When its lease ends at the earliest. */
    public long leaseEndNanos() {
        long renewed = operations.stream()
                .filter(op -> op.action() == Action.RENEW && op.outcome() == Outcome.OK)
                .mapToLong(op -> op.invokedNanos() + op.leaseMillis() * NANOS_PER_MILLI)
                .max()
                .orElse(0);
        return Math.max(renewed, grantedFromNanos() + leaseNanos());
    }

    /** The lease that it asked for. */
    public long leaseNanos() {
        return operations.getFirst().leaseMillis() * NANOS_PER_MILLI;
    }

    /** Until when it holds for sure, once it does: nobody asked for its end, and its lease had not passed. */
    public long heldUntilNanos() {
        return Math.min(leaseEndNanos(), releaseAskedNanos());
    }

    /** When its end was first asked for, by itself or by others. */
    public long releaseAskedNanos() {
        return Math.min(endAskedByOthersNanos(), first(of(Action.RELEASE), Operation::invokedNanos));
    }

    /** When others first asked for what may have ended it. */
    public long endAskedByOthersNanos() {
        return enders.stream()
                .filter(op -> op.outcome() == Outcome.UNKNOWN || op.returnedNanos() >= invokedNanos())
                .mapToLong(op -> Math.max(op.invokedNanos(), invokedNanos()))
                .min()
                .orElse(NEVER);
    }

    /** Whether there was a moment at which it knew to hold, and did. */
    public boolean heldForSure() {
        return heldFromNanos() < heldUntilNanos();
    }

    /** Its tickets as answered: one, or none. */
    public List<String> tickets() {
        return operations.stream()
                .map(Operation::ticket)
                .filter(ticket -> !ticket.isEmpty())
                .distinct()
                .toList();
    }

    private long first(Predicate<Operation> which, ToLongFunction<Operation> what) {
        return operations.stream().filter(which).mapToLong(what).findFirst().orElse(NEVER);
    }

    private long earliest(Predicate<Operation> which, ToLongFunction<Operation> what) {
        return operations.stream().filter(which).mapToLong(what).min().orElse(NEVER);
    }

    private static Predicate<Operation> of(Action action) {
        return op -> op.action() == action;
    }
}
