package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.history.Recorded;
import io.lockgrid.testkit.history.model.Act;
import io.lockgrid.testkit.history.model.Listed;
import io.lockgrid.testkit.history.model.Span;
import io.lockgrid.testkit.history.model.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A history in the words of the model: what was done and seen, and where in the log it can have been. An answer's index
 * is the last place of what it tells; the first is behind all that was answered before it was asked, since a call gets
 * into the log after it is made. What was sent again after a change of leader, or looked up after it was queued, may
 * have happened anywhere between.
 */
final class LockActs {
    private final History history;
    private final ClusterTimes times;
    private final Map<String, List<Operation>> operationsByLock = new TreeMap<>();
    private final Map<String, List<Listing>> listingsByLock = new TreeMap<>();
    private final Answers answers;

    LockActs(History history) {
        this.history = history;
        this.times = new ClusterTimes(history);
        for (Operation op : history.sent()) {
            operationsByLock
                    .computeIfAbsent(op.lock(), first -> new ArrayList<>())
                    .add(op);
        }
        for (Listing listing : history.listings()) {
            listingsByLock
                    .computeIfAbsent(listing.lock(), first -> new ArrayList<>())
                    .add(listing);
        }
        answers = new Answers(history);
    }

    /** The locks that anything was asked of. */
    Set<String> locks() {
        return operationsByLock.keySet();
    }

    ClusterTimes times() {
        return times;
    }

    /** All that was asked of one lock. */
    List<Placed> of(String lock) {
        return new OfLock(lock).placed();
    }

    /** The acts of one lock. */
    private final class OfLock {
        private final List<Operation> operations;
        private final List<Listing> listings;
        private final Tickets tickets;
        private final List<Placed> placed = new ArrayList<>();

        OfLock(String lock) {
            operations = operationsByLock.getOrDefault(lock, List.of());
            listings = listingsByLock.getOrDefault(lock, List.of());
            tickets = new Tickets(history, operations, listings);
        }

        List<Placed> placed() {
            tickets.claims().forEach(this::addEntry);
            operations.forEach(this::add);
            for (Listing listing : listings) {
                read(new Listed(listing), listing, listing.index(), listing.clusterTimeMillis());
            }
            return placed;
        }

        private void add(Operation op) {
            switch (op.action()) {
                case CLAIM -> addClaimAnswer(op);
                case LOOK -> addLook(op);
                case RENEW -> addRenewal(op);
                case RELEASE -> addRelease(op);
                case CLEAR -> addRelease(op, new Act.Cleared(), new Act.Cleared());
            }
        }

        /** The entry of a ticket, once for all calls that asked for it. */
        private void addEntry(Ticket ticket, List<Operation> calls) {
            List<Operation> accepted =
                    calls.stream().filter(op -> op.outcome() == Outcome.OK).toList();
            boolean isRefused = calls.stream().anyMatch(op -> op.outcome() == Outcome.FAIL);
            if (accepted.isEmpty() && isRefused) {
                return;
            }
            Operation first = calls.getFirst();
            Act act = first.queues() ? new Act.Enqueued(ticket) : new Act.Taken(ticket);
            long from = answers.before(calls.stream()
                            .mapToLong(Operation::invokedNanos)
                            .min()
                            .orElseThrow())
                    + 1;
            if (accepted.isEmpty()) {
                long seen = seen(ticket);
                Span clock = new Span(
                        times.atLeast(from),
                        Math.max(times.atLeast(from), seen == Placed.NEVER ? Span.FOREVER : times.atMost(seen / 2)));
                placed.add(new Placed(
                        act, Placed.ofCommand(from), seen, clock, times.atLeast(from), ticket.token(), first));
                return;
            }
            Operation answer = accepted.stream()
                    .min((one, other) -> Long.compare(lastIndex(one), lastIndex(other)))
                    .orElseThrow();
            boolean isTold = answer.token() != 0 && calls.size() == 1 && answer.clusterTimeMillis() >= 0;
            Span clock = clock(from, lastIndex(answer), answer.clusterTimeMillis());
            placed.add(new Placed(
                    act,
                    Placed.ofCommand(from),
                    Placed.ofCommand(lastIndex(answer)),
                    isTold ? clock : new Span(Math.min(times.atLeast(from), clock.max()), clock.max()),
                    times.atLeast(from),
                    ticket.token() == 0 ? Long.MAX_VALUE : ticket.token(),
                    answer));
        }

        /** The first place at which it is known that the ticket was accepted; never if nobody saw it. */
        private long seen(Ticket ticket) {
            LongStream byOperations = operations.stream()
                    .filter(op -> tickets.wasSeen(op, ticket))
                    .mapToLong(op -> Placed.ofCommand(lastIndex(op)));
            LongStream byListings = listings.stream()
                    .filter(listing -> listing.seats().stream().anyMatch(seat -> Tickets.names(seat, ticket)))
                    .mapToLong(listing -> Placed.ofCommand(listing.index()));
            return LongStream.concat(byOperations, byListings).min().orElse(Placed.NEVER);
        }

        private void addClaimAnswer(Operation op) {
            Ticket ticket = tickets.named(op).getFirst();
            if (op.outcome() == Outcome.FAIL) {
                sight(op, new Act.Refused());
            } else if (op.outcome() == Outcome.OK && op.queues()) {
                if (op.token() != 0) {
                    sight(op, new Act.Holds(List.of(ticket), op.token(), op.leaseEndMillis()));
                } else {
                    read(op, op.position() > 0 ? new Act.Waits(ticket, op.position()) : new Act.WaitsOrOver(ticket));
                }
            }
        }

        private void addLook(Operation op) {
            List<Ticket> named = tickets.named(op);
            if (op.outcome() == Outcome.OK) {
                read(op, new Act.Holds(named, op.token(), op.leaseEndMillis()));
            } else if (op.outcome() == Outcome.FAIL) {
                read(
                        op,
                        op.position() > 0 && named.size() == 1
                                ? new Act.Waits(named.getFirst(), op.position())
                                : new Act.NotHeldBy(named));
            }
        }

        private void addRenewal(Operation op) {
            List<Ticket> named = tickets.named(op);
            if (op.outcome() == Outcome.FAIL) {
                sight(op, new Act.NotHeldBy(named));
            } else {
                command(
                        op,
                        new Act.Renewed(named, op.leaseMillis(), op.token(), op.leaseEndMillis()),
                        new Act.Renewed(named, op.leaseMillis(), 0, -1));
            }
        }

        private void addRelease(Operation op) {
            List<Ticket> named = tickets.named(op);
            switch (op.family()) {
                case "dapr" -> addRelease(op, new Act.GivenBack(named), new Act.NotHeldBy(named));
                case "opensearch" -> {
                    if (op.namedToken() != 0) {
                        addRelease(op, new Act.GivenBackOrOver(named), new Act.NotHeldBy(named));
                    } else {
                        long lookedAt = times.atLeast(answers.before(op.invokedNanos()));
                        addRelease(
                                op,
                                new Act.GivenBackByAnyone(op.family(), lookedAt),
                                new Act.NotHeldThrough(op.family()));
                    }
                }
                default ->
                    addRelease(
                            op,
                            named.size() == 1 ? new Act.Ended(named.getFirst()) : new Act.GivenBack(named),
                            new Act.NotLive(named));
            }
        }

        private void addRelease(Operation op, Act done, Act refused) {
            if (op.outcome() == Outcome.FAIL) {
                sight(op, refused);
            } else if (op.outcome() == Outcome.OK || isFirstChance(op)) {
                command(op, done, done);
            }
        }

        /**
         * A ticket is released once. If an answer says by which call, all of unknown outcome did nothing; else one did
         * at most, and what any can do the first can.
         */
        private boolean isFirstChance(Operation unknown) {
            List<Ticket> named = tickets.named(unknown);
            return named.size() != 1
                    || unknown.action() == Action.CLEAR
                    || operations.stream()
                            .filter(op -> op.action() == Action.RELEASE)
                            .filter(op -> tickets.named(op).equals(named))
                            .noneMatch(op -> isOnlyOne(op) || isEarlier(op, unknown));
        }

        private static boolean isOnlyOne(Operation op) {
            return op.outcome() == Outcome.OK && !op.family().equals("opensearch");
        }

        private static boolean isEarlier(Operation op, Operation unknown) {
            return op.outcome() == Outcome.UNKNOWN && op.invokedNanos() < unknown.invokedNanos();
        }

        /** Something that was done, or that nobody knows of. */
        private void command(Operation op, Act done, Act unknown) {
            long from = answers.before(op.invokedNanos()) + 1;
            if (op.outcome() == Outcome.UNKNOWN) {
                Span clock = new Span(times.atLeast(from), Span.FOREVER);
                placed.add(new Placed(unknown, Placed.ofCommand(from), Placed.NEVER, clock, clock.min(), 0, op));
            } else {
                long last = lastIndex(op);
                placed.add(new Placed(
                        done,
                        Placed.ofCommand(from),
                        Placed.ofCommand(last),
                        clock(from, last, op.clusterTimeMillis()),
                        times.atLeast(from),
                        0,
                        op));
            }
        }

        /** What a command saw when it was refused, which may have been read as well. */
        private void sight(Operation op, Act act) {
            long from = answers.before(op.invokedNanos());
            long last = lastIndex(op);
            placed.add(new Placed(
                    act,
                    Placed.ofRead(from),
                    Placed.ofRead(last),
                    clock(from, last, op.clusterTimeMillis()),
                    times.atLeast(from),
                    0,
                    op));
        }

        private void read(Operation op, Act act) {
            if (op.index() >= 0) {
                read(act, op, op.index(), op.clusterTimeMillis());
            } else {
                sight(op, act);
            }
        }

        private void read(Act act, Recorded told, long index, long clusterTimeMillis) {
            Span clock = clock(index, index, clusterTimeMillis);
            placed.add(new Placed(act, Placed.ofRead(index), Placed.ofRead(index), clock, clock.min(), 0, told));
        }

        /** Where an answer was true at the latest. */
        private long lastIndex(Operation op) {
            return op.index() >= 0 ? op.index() : answers.after(op.returnedNanos());
        }

        private Span clock(long from, long last, long told) {
            if (told >= 0) {
                return Span.at(told);
            }
            long min = times.atLeast(from);
            return new Span(min, Math.max(min, times.atMost(last)));
        }
    }
}
