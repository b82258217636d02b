package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Listing.Seat;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Invariant 5: nobody holds or waits who did not ask for it, and a claim whose outcome nobody knows shows up under one
 * ticket at most.
 */
final class NoPhantom implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        Asked asked = new Asked(history.operations());
        for (Operation op : history.operations()) {
            if (op.action() != Action.CLAIM && op.saysHeld() && !asked.mayHold(op)) {
                findings.add(new Finding("held by one who did not ask, or was refused", op));
            }
        }
        Map<String, String> ticketOf = new HashMap<>();
        for (Listing listing : history.listings()) {
            for (Seat seat : listing.seats()) {
                String name = listing.lock() + " " + Asked.shownName(seat.holder());
                if (!asked.names.contains(name)) {
                    findings.add(new Finding(seat.holder() + " did not ask, or was refused", listing));
                } else if (!seat.holder().startsWith("opensearch:")
                        && !ticketOf.computeIfAbsent(name, first -> seat.ticket())
                                .equals(seat.ticket())) {
                    findings.add(new Finding(seat.holder() + " shows up under a second ticket", listing));
                }
            }
        }
        return findings;
    }

    /** Who asked for which lock, and was not refused. */
    private static final class Asked {
        final Set<String> names = new HashSet<>();

        Asked(List<Operation> operations) {
            operations.stream()
                    .filter(op -> op.action() == Action.CLAIM && op.mayHaveHappened())
                    .forEach(op -> names.add(op.lock() + " " + shownName(op)));
        }

        boolean mayHold(Operation op) {
            return names.contains(op.lock() + " " + shownName(op));
        }

        /** As sfp shows holders: its own by their name, others with the family before it. */
        static String shownName(Operation op) {
            return switch (op.family()) {
                case "sfp" -> op.holder();
                // All that come through it have one name.
                case "opensearch" -> "opensearch:";
                default -> op.family() + ":" + op.holder();
            };
        }

        static String shownName(String holder) {
            return holder.startsWith("opensearch:") ? "opensearch:" : holder;
        }
    }
}
