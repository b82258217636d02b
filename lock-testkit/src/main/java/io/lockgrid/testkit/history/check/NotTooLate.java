package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Invariant 7: in a healthy grid nobody is kept waiting for a lock of which all holders that there can be are over, by
 * their release or by the length of their lease, and by the time that the grid may take to notice.
 */
final class NotTooLate implements HistoryCheck {
    private final Conditions conditions;

    NotTooLate(Conditions conditions) {
        this.conditions = conditions;
    }

    @Override
    public List<Finding> findings(History history) {
        Map<String, List<Claim>> byLock = history.claims().stream().collect(Collectors.groupingBy(Claim::lock));
        List<Finding> findings = new ArrayList<>();
        for (List<Claim> claims : byLock.values()) {
            for (Claim waiter : claims) {
                waiter.operations().stream()
                        .filter(op -> isKeptWaiting(op) && isHealthy(op))
                        .filter(op -> claims.stream().noneMatch(other -> mayBeBefore(other, waiter, op)))
                        .findFirst()
                        .ifPresent(op -> findings.add(new Finding("kept waiting for a lock that nobody can hold", op)));
            }
        }
        return findings;
    }

    /** Told to wait, or refused as somebody holds. */
    private static boolean isKeptWaiting(Operation op) {
        return switch (op.action()) {
            case CLAIM -> op.outcome() == Outcome.FAIL || op.position() > 0;
            case LOOK -> op.outcome() == Outcome.FAIL && op.position() > 0;
            case RENEW, RELEASE, CLEAR -> false;
        };
    }

    private boolean isHealthy(Operation op) {
        return conditions.healthy().stream()
                .anyMatch(time -> time.fromNanos() + conditions.grantMax().toNanos() <= op.invokedNanos()
                        && op.returnedNanos() <= time.toNanos());
    }

    /** Whether another claim may hold, or have its turn first, when the waiter is told to wait. */
    private boolean mayBeBefore(Claim other, Claim waiter, Operation told) {
        boolean isLater = other.holder().equals(waiter.holder())
                || other.invokedNanos() > told.returnedNanos()
                || (waiter.token() != 0 && other.token() > waiter.token());
        return !isLater
                && !isOver(other, told.invokedNanos() - conditions.grantMax().toNanos());
    }

    private boolean isOver(Claim claim, long beforeNanos) {
        if (claim.operations().stream().allMatch(op -> op.action() != Action.CLAIM || op.outcome() == Outcome.FAIL)) {
            return true;
        }
        boolean wasReleased = claim.operations().stream()
                .anyMatch(op -> op.action() == Action.RELEASE
                        && op.outcome() != Outcome.UNKNOWN
                        && op.returnedNanos() < beforeNanos);
        return wasReleased || (claim.token() != 0 && leaseEndNanos(claim) < beforeNanos);
    }

    /** At the latest. */
    private long leaseEndNanos(Claim claim) {
        boolean mayBeRenewed = claim.operations().stream()
                .anyMatch(op -> op.action() == Action.RENEW && op.outcome() == Outcome.UNKNOWN);
        if (mayBeRenewed || claim.heldFromNanos() == Claim.NEVER) {
            return Claim.NEVER;
        }
        long lastStart = claim.operations().stream()
                .filter(op -> op.action() == Action.RENEW && op.outcome() == Outcome.OK)
                .mapToLong(Operation::returnedNanos)
                .max()
                .orElse(claim.heldFromNanos());
        long longest = claim.operations().stream()
                .mapToLong(Operation::leaseMillis)
                .max()
                .orElse(0);
        return lastStart + (long) (longest * 1_000_000 * (1 + conditions.drift()));
    }
}
