package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Invariant 8: a claim that is sent again under its key gets its first ticket again, and no ticket goes to two claims.
 */
final class AtMostOncePerKey implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        Map<String, Claim> byTicket = new HashMap<>();
        return history.claims().stream()
                .flatMap(claim -> Stream.concat(
                        claim.tickets().size() > 1
                                ? Stream.of(Findings.of("one claim, two tickets", claim))
                                : Stream.empty(),
                        claim.tickets().stream()
                                .filter(ticket -> byTicket.putIfAbsent(ticket, claim) != null)
                                .map(ticket ->
                                        Findings.of("two claims, one ticket", byTicket.get(ticket), claim))))
                .toList();
    }
}
