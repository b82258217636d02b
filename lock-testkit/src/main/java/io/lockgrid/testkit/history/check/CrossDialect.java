package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Invariant 13: what is read of a lock at one index is the same through every API: whether it is held, under which
 * token, and who waits in which order.
 */
final class CrossDialect implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Listing> shown = new HashMap<>();
        Map<String, Listing> queues = new HashMap<>();
        for (Listing listing : history.listings()) {
            String place = place(listing.lock(), listing.index());
            Listing first = shown.computeIfAbsent(place, none -> listing);
            if (first.held() != listing.held()) {
                findings.add(new Finding("held through one API and free through another", first, listing));
            }
            if (listing.showsQueue()) {
                Listing queue = queues.computeIfAbsent(place, none -> listing);
                if (!queue.seats().equals(listing.seats())) {
                    findings.add(new Finding("two queues at one index", queue, listing));
                }
            }
        }
        for (Operation op : history.operations()) {
            Listing queue = queues.get(place(op.lock(), op.index()));
            if (queue != null && op.action() == Action.LOOK && contradicts(op, queue)) {
                findings.add(new Finding("a list and a status that differ at one index", queue, op));
            }
        }
        return findings;
    }

    private static String place(String lock, long index) {
        return lock + " " + index;
    }

    private static boolean contradicts(Operation op, Listing queue) {
        long tokenShown = queue.seats().isEmpty() ? 0 : queue.seats().getFirst().token();
        boolean isShownHolding = !op.ticket().isEmpty()
                && !queue.tickets().isEmpty()
                && queue.tickets().getFirst().equals(op.ticket());
        return switch (op.outcome()) {
            case OK -> op.token() != tokenShown;
            case FAIL -> isShownHolding;
            case NOT_SENT, UNKNOWN -> false;
        };
    }
}
