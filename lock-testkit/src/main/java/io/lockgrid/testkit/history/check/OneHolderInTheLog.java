package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** In the order of the log: from where a claim held to where the log was before its end, no other claim held. */
final class OneHolderInTheLog implements HistoryCheck {
    @Override
    public List<String> violations(History history) {
        List<String> violations = new ArrayList<>();
        Latest answered = new Latest(history.operations(), Operation::returnedNanos, Operation::index);
        for (List<Claim> grants : history.grantsByLock().values()) {
            Claim before = null;
            for (Claim claim : grants.stream()
                    .filter(grant -> grant.heldForSure() && grant.heldIndex() != Claim.NEVER)
                    .sorted(Comparator.comparingLong(Claim::heldIndex))
                    .toList()) {
                if (before != null && claim.heldIndex() <= answered.before(before.heldUntilNanos())) {
                    violations.add("two hold " + claim.lock() + " at log index " + claim.heldIndex() + ": " + before
                            + " and " + claim);
                }
                before = claim;
            }
        }
        return violations;
    }
}
