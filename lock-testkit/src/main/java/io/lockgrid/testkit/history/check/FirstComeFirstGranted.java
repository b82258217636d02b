package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Invariant 3: who was told to be queued or to hold is granted before all who asked after that, through whichever API.
 */
final class FirstComeFirstGranted implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        for (List<Claim> grants : history.grantsByLock().values()) {
            Latest answered = new Latest(grants, Claim::answeredNanos, Claim::token);
            for (Claim claim : grants) {
                long earlier = answered.before(claim.invokedNanos());
                if (claim.token() < earlier) {
                    findings.add(
                            Findings.of("granted before token " + earlier + ", which was asked for earlier", claim));
                }
            }
        }
        return findings;
    }
}
