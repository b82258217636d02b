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
 */
public record Claim(String lock, String holder, List<Operation> operations) {
    /** Later than all. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Sorts the operations. */
    public Claim {
        operations = operations.stream()
                .sorted(Comparator.comparingLong(Operation::invokedNanos))
                .toList();
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
        return grantedFromNanos() + operations.getFirst().leaseMillis() * 1_000_000;
    }

    /** Until when it holds for sure, once it does: nobody asked for its end, and its lease had not passed. */
    public long heldUntilNanos() {
        return Math.min(leaseEndNanos(), releaseAskedNanos());
    }

    /** When its end was first asked for. */
    public long releaseAskedNanos() {
        return first(of(Action.RELEASE), Operation::invokedNanos);
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
