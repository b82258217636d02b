package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Ending;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Invariant 4: every ticket that was handed out is known to the end, and over by then. */
final class NoTicketIsLost implements HistoryCheck {
    private static final Ending UNKNOWN = new Ending("", "", "", 0);

    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Ending> endings = history.endings();
        for (Claim claim : history.claims()) {
            for (String ticket : claim.tickets()) {
                Ending ending = endings.getOrDefault(ticket, UNKNOWN);
                if (!ending.status().equals("released")) {
                    findings.add(Findings.of("a ticket that is not over at the end (" + ending + ")", claim));
                }
            }
        }
        return findings;
    }
}
