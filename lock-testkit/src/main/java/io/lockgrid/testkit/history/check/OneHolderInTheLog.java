package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** In the order of the log: from where a claim held to where it was released, no other claim held. */
final class OneHolderInTheLog implements HistoryCheck {
    @Override
    public List<String> violations(History history) {
        List<String> violations = new ArrayList<>();
        for (List<Claim> grants : history.grantsByLock().values()) {
            Claim before = null;
            List<Claim> inLog = grants.stream()
                    .filter(claim -> claim.heldIndex() != Claim.NEVER && claim.releasedIndex() != Claim.NEVER)
                    .sorted(Comparator.comparingLong(Claim::heldIndex).thenComparingLong(Claim::releasedIndex))
                    .toList();
            for (Claim claim : inLog) {
                // Equal indexes are one entry, in which a release may be followed by a grant.
                if (before != null && claim.heldIndex() < before.releasedIndex()) {
                    violations.add("two hold " + claim.lock() + " at log index " + claim.heldIndex() + ": " + before
                            + " and " + claim);
                }
                before = claim;
            }
        }
        return violations;
    }
}
