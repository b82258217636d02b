package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Listing.Seat;
import io.lockgrid.testkit.history.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Invariant 11: what is read is so at one moment between question and answer. A lock has one holder at most, those who
 * wait stand at 1 to n without gaps, and no read is older than an answer that was there before it was asked: a node
 * that is cut off refuses.
 */
final class ReadsLinearizable implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        List<Operation> indexed =
                history.operations().stream().filter(op -> op.index() >= 0).toList();
        Latest answered = new Latest(indexed, Operation::returnedNanos, Operation::index);
        for (Listing listing : history.listings()) {
            fault(listing).ifPresent(fault -> findings.add(new Finding(fault, listing)));
            if (listing.index() < answered.before(listing.invokedNanos())) {
                findings.add(new Finding("a stale list", listing));
            }
        }
        indexed.stream()
                .filter(op -> op.action() == Operation.Action.LOOK)
                .filter(op -> op.index() < answered.before(op.invokedNanos()))
                .forEach(op -> findings.add(new Finding("a stale read", op)));
        return findings;
    }

    private static Optional<String> fault(Listing listing) {
        Set<String> tickets = new HashSet<>();
        for (int i = 0; i < listing.seats().size(); i++) {
            Seat seat = listing.seats().get(i);
            if (!tickets.add(seat.ticket())) {
                return Optional.of("a ticket stands there twice");
            }
            if (seat.position() != i) {
                return Optional.of("not one holder, and then the places 1, 2, …");
            }
        }
        return listing.held() || listing.seats().isEmpty() ? Optional.empty() : Optional.of("waiters without a holder");
    }
}
