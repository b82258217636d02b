package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Listing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tickets are granted in the order in which any node ever listed them. */
final class QueueOrderIsGrantOrder implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        Map<String, Long> tokens = new HashMap<>();
        for (Claim claim : history.claims()) {
            claim.tickets().forEach(ticket -> tokens.merge(ticket, claim.token(), Math::max));
        }
        List<Finding> findings = new ArrayList<>();
        for (Listing listing : history.listings()) {
            long last = 0;
            for (String ticket : listing.tickets()) {
                long token = tokens.getOrDefault(ticket, 0L);
                if (token != 0 && token <= last) {
                    findings.add(new Finding(
                            "one further behind in line was granted first, under " + token + " before " + last,
                            listing));
                }
                last = Math.max(last, token);
            }
        }
        return findings;
    }
}
