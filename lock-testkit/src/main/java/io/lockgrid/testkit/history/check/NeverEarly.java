package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Invariant 6: a lock is not passed on before the lease of its holder is over, unless somebody ended it: neither on the
 * replicated clock nor on the clock of the test, whose seconds a node's may differ from by the allowed drift.
 */
final class NeverEarly implements HistoryCheck {
    private final double drift;

    NeverEarly(double drift) {
        this.drift = drift;
    }

    @Override
    public List<Finding> findings(History history) {
        Latest clock = new Latest(history.operations(), Operation::returnedNanos, Operation::clusterTimeMillis);
        List<Finding> findings = new ArrayList<>();
        for (List<Claim> grants : history.grantsByLock().values()) {
            Claim before = null;
            for (Claim claim : grants.stream()
                    .filter(grant -> grant.heldFromNanos() != Claim.NEVER)
                    .sorted(Comparator.comparingLong(Claim::token))
                    .toList()) {
                if (before != null && before.releaseAskedNanos() > claim.heldFromNanos()) {
                    check(before, claim, clock, findings);
                }
                before = claim;
            }
        }
        return findings;
    }

    private void check(Claim before, Claim claim, Latest clock, List<Finding> findings) {
        long endNanos = leaseEndNanos(before);
        if (claim.heldFromNanos() < endNanos) {
            findings.add(Findings.of(
                    "granted " + (endNanos - claim.heldFromNanos()) / 1_000_000
                            + " ms before the lease before it was over",
                    before,
                    claim));
        }
        long endMillis = leaseEndMillis(before, clock);
        long heldMillis = claim.operations().stream()
                .filter(op -> op.saysHeld() && op.clusterTimeMillis() >= 0)
                .mapToLong(Operation::clusterTimeMillis)
                .min()
                .orElse(Claim.NEVER);
        if (heldMillis < endMillis) {
            findings.add(Findings.of(
                    "held at clusterTime " + heldMillis + ", before the lease before it was over at " + endMillis,
                    before,
                    claim));
        }
    }

    /** On the clock of the test, at the earliest. */
    private long leaseEndNanos(Claim claim) {
        long granted = claim.grantedFromNanos() + length(claim.operations().getFirst());
        long renewed = renewals(claim).stream()
                .mapToLong(op -> op.invokedNanos() + length(op))
                .max()
                .orElse(0);
        return Math.max(granted, renewed);
    }

    private long length(Operation op) {
        return (long) (op.leaseMillis() * 1_000_000 * (1 - drift));
    }

    /** On the replicated clock, at the earliest: as it was told, or from what the clock was before it was asked. */
    private static long leaseEndMillis(Claim claim, Latest clock) {
        long told = claim.operations().stream()
                .mapToLong(Operation::leaseEndMillis)
                .max()
                .orElse(-1);
        long granted = Math.max(0, clock.before(claim.grantedFromNanos()))
                + claim.operations().getFirst().leaseMillis();
        long renewed = renewals(claim).stream()
                .mapToLong(op -> Math.max(0, clock.before(op.invokedNanos())) + op.leaseMillis())
                .max()
                .orElse(0);
        return Math.max(told, Math.max(granted, renewed));
    }

    private static List<Operation> renewals(Claim claim) {
        return claim.operations().stream()
                .filter(op -> op.action() == Action.RENEW && op.outcome() == Outcome.OK)
                .toList();
    }
}
