package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Invariant 2: tokens grow, of one lock along the log, and of all locks along the clock of the clients. */
final class TokensOnlyGrow implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        for (List<Claim> grants : history.grantsByLock().values()) {
            Claim before = null;
            for (Claim claim : grants.stream()
                    .filter(grant -> grant.heldForSure() && grant.heldIndex() != Claim.NEVER)
                    .sorted(Comparator.comparingLong(Claim::heldIndex).thenComparingLong(Claim::token))
                    .toList()) {
                if (before != null && claim.token() <= before.token()) {
                    findings.add(Findings.of("later in the log, and no larger token", before, claim));
                }
                before = claim;
            }
        }
        List<Claim> all =
                history.grantsByLock().values().stream().flatMap(List::stream).toList();
        Latest granted = new Latest(all, Claim::heldFromNanos, Claim::token);
        all.stream()
                .filter(claim -> claim.token() <= granted.before(claim.invokedNanos()))
                .map(claim -> Findings.of(
                        "asked for after token " + granted.before(claim.invokedNanos()) + " was granted", claim))
                .forEach(findings::add);
        return findings;
    }
}
