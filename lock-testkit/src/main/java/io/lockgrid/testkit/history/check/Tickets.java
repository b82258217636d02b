package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Ending;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.history.model.Ticket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tickets that were asked for on one lock: one for each key, and one for each claim without a key. */
final class Tickets {
    private final Map<String, Ending> endings;
    private final List<Listing> listings;
    private final Map<String, List<Operation>> operationsOf;
    private final Map<Ticket, List<Operation>> claims = new LinkedHashMap<>();
    private final Map<String, List<Ticket>> byHolder = new LinkedHashMap<>();
    private final Map<String, Ticket> byId = new LinkedHashMap<>();

    Tickets(History history, List<Operation> operations, List<Listing> listings) {
        this.endings = history.endings();
        this.operationsOf = operations.stream().collect(Collectors.groupingBy(Tickets::holder));
        this.listings = listings;
        Map<Object, List<Operation>> grouped = new LinkedHashMap<>();
        Map<String, Integer> groupsOfHolder = new LinkedHashMap<>();
        for (Operation op : operations) {
            if (op.action() == Action.CLAIM) {
                Object key = op.queues() && !op.key().isEmpty() ? op.family() + " " + op.key() : op;
                if (grouped.computeIfAbsent(key, first -> new ArrayList<>()).isEmpty()) {
                    groupsOfHolder.merge(holder(op), 1, Integer::sum);
                }
                grouped.get(key).add(op);
            }
        }
        for (List<Operation> group : grouped.values()) {
            boolean isOnlyOne = groupsOfHolder.getOrDefault(holder(group.getFirst()), 0) == 1;
            add(ticket(claims.size(), group, isOnlyOne), group);
        }
    }

    private void add(Ticket ticket, List<Operation> group) {
        claims.put(ticket, group);
        byHolder.computeIfAbsent(holder(group.getFirst()), first -> new ArrayList<>())
                .add(ticket);
        if (!ticket.id().isEmpty()) {
            byId.put(ticket.id(), ticket);
        }
    }

    private static String holder(Operation op) {
        return op.family() + ":" + op.holder();
    }

    /** @param isOnlyOne whether all operations of the holder are about this ticket */
    private Ticket ticket(int number, List<Operation> group, boolean isOnlyOne) {
        Operation first = group.getFirst();
        List<Operation> about = isOnlyOne ? operationsOf.getOrDefault(holder(first), List.of()) : group;
        String id = about.stream()
                .map(Operation::ticket)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
        long token = about.stream().mapToLong(Operation::token).max().orElse(0);
        Ticket known = new Ticket(number, first.family(), first.holder(), first.leaseMillis(), id, token);
        return token != 0
                ? known
                : new Ticket(number, known.family(), known.holder(), known.leaseMillis(), id, shown(known));
    }

    /** The token as a listing or the end of the history shows it, 0 if none does. */
    private long shown(Ticket ticket) {
        Ending ending = endings.get(ticket.id());
        if (ending != null && ending.token() != 0) {
            return ending.token();
        }
        return listings.stream()
                .flatMap(listing -> listing.seats().stream())
                .filter(seat -> names(seat, ticket))
                .mapToLong(Listing.Seat::token)
                .max()
                .orElse(0);
    }

    /** Whether a seat is this ticket's for sure. */
    static boolean names(Listing.Seat seat, Ticket ticket) {
        return ticket.id().isEmpty()
                ? ticket.isShownAs(seat.holder())
                : ticket.id().equals(seat.ticket());
    }

    /** Each ticket, and the calls that asked for it. */
    Map<Ticket, List<Operation>> claims() {
        return claims;
    }

    /** Those that an operation is about: by ticket, or else by the name of the holder. */
    List<Ticket> named(Operation op) {
        Ticket ticket = byId.get(op.ticket());
        return ticket != null ? List.of(ticket) : byHolder.getOrDefault(holder(op), List.of());
    }

    /** Whether somebody was told that the ticket is held, waits, or was ended by its holder. */
    boolean wasSeen(Operation op, Ticket ticket) {
        return op.action() != Action.CLAIM
                && op.action() != Action.CLEAR
                && op.outcome() == Outcome.OK
                && named(op).equals(List.of(ticket));
    }
}
