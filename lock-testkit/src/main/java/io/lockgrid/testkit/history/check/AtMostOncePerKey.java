package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Invariant 8: a claim that is sent again under its key gets its first ticket again, and no ticket goes to two claims.
 */
final class AtMostOncePerKey implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Claim> byTicket = new HashMap<>();
        for (Claim claim : history.claims()) {
            if (claim.tickets().size() > 1) {
                findings.add(Findings.of("one claim, two tickets", claim));
            }
            for (String ticket : claim.tickets()) {
                Claim other = byTicket.putIfAbsent(ticket, claim);
                if (other != null) {
                    findings.add(Findings.of("two claims, one ticket", other, claim));
                }
            }
        }
        return findings;
    }
}
