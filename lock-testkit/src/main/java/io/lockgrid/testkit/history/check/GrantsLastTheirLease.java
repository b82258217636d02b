package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.List;

/** A grant that was answered is neither lost nor early over: until its own release, it holds for its whole lease. */
final class GrantsLastTheirLease implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        return history.claims().stream()
                .filter(GrantsLastTheirLease::isOverTooEarly)
                .map(claim -> Findings.of("over before its lease ended", claim))
                .toList();
    }

    private static boolean isOverTooEarly(Claim claim) {
        long heldFrom = claim.heldFromNanos();
        long releaseNanos = claim.releaseAskedNanos();
        return heldFrom != Claim.NEVER
                && claim.operations().stream()
                        .filter(op -> op.saysNotHeld() && op.invokedNanos() > heldFrom)
                        .filter(op -> op.invokedNanos() <= releaseNanos)
                        .anyMatch(op ->
                                op.returnedNanos() < Math.min(claim.leaseEndNanos(), claim.endAskedByOthersNanos()));
    }
}
