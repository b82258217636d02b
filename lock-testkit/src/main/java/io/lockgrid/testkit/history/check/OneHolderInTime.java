package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** On the clock of the clients: nobody is told to hold a lock that another holds for sure. */
final class OneHolderInTime implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        for (List<Claim> grants : history.grantsByLock().values()) {
            Claim longest = null;
            List<Claim> inTime = grants.stream()
                    .filter(Claim::heldForSure)
                    .sorted(Comparator.comparingLong(Claim::heldFromNanos))
                    .toList();
            for (Claim claim : inTime) {
                if (longest != null && claim.heldFromNanos() < longest.heldUntilNanos()) {
                    findings.add(Findings.of("two hold " + claim.lock(), longest, claim));
                }
                if (longest == null || claim.heldUntilNanos() > longest.heldUntilNanos()) {
                    longest = claim;
                }
            }
        }
        return findings;
    }
}
