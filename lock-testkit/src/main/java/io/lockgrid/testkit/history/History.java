package io.lockgrid.testkit.history;

import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** What all clients of one test asked and were told, on one monotonic clock. Any thread may record. */
public final class History {
    private final LongSupplier nanoTime;
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final Queue<Listing> listings = new ConcurrentLinkedQueue<>();
    private final Queue<Ending> endings = new ConcurrentLinkedQueue<>();

    /** @param nanoTime monotonic nanoseconds */
    public History(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A call that was made and has no answer yet. */
    public final class Invocation {
        private final Action action;
        private final String family;
        private final String lock;
        private final String holder;
        private final long leaseMillis;
        private final long invokedNanos = nanoTime.getAsLong();

        private Invocation(Action action, String family, String lock, String holder, long leaseMillis) {
            this.action = action;
            this.family = family;
            this.lock = lock;
            this.holder = holder;
            this.leaseMillis = leaseMillis;
        }

        /** Records its answer. */
        public Operation returned(Outcome outcome, int status, String ticket, long token, long index) {
            Operation operation = new Operation(
                    action,
                    family,
                    lock,
                    holder,
                    leaseMillis,
                    invokedNanos,
                    nanoTime.getAsLong(),
                    outcome,
                    status,
                    ticket,
                    token,
                    index);
            add(operation);
            return operation;
        }
    }

    /** To be called right before the call goes out. */
    public Invocation invoke(Action action, String family, String lock, String holder, long leaseMillis) {
        return new Invocation(action, family, lock, holder, leaseMillis);
    }

    /** Adds a whole operation. */
    public void add(Operation operation) {
        operations.add(operation);
    }

    /** Adds what a lock looked like. */
    public void add(Listing listing) {
        listings.add(listing);
    }

    /** Adds what became of a ticket. */
    public void add(Ending ending) {
        endings.add(ending);
    }

    /** In order of their answers. */
    public List<Operation> operations() {
        return operations.stream()
                .sorted(Comparator.comparingLong(Operation::returnedNanos))
                .toList();
    }

    /** In order of the log. */
    public List<Listing> listings() {
        return listings.stream()
                .sorted(Comparator.comparingLong(Listing::index))
                .toList();
    }

    /** By ticket. */
    public Map<String, Ending> endings() {
        return endings.stream().collect(Collectors.toMap(Ending::ticket, ending -> ending, (first, last) -> last));
    }

    /** The claims, in order of their first call. An operation of a holder that claimed nothing is not in them. */
    public List<Claim> claims() {
        return operations.stream()
                .collect(Collectors.groupingBy(
                        op -> op.lock() + " " + op.holder(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(group -> group.stream().anyMatch(op -> op.action() == Action.CLAIM))
                .map(group ->
                        new Claim(group.getFirst().lock(), group.getFirst().holder(), group))
                .sorted(Comparator.comparingLong(Claim::invokedNanos))
                .toList();
    }

    /** The claims that held, by lock. */
    public Map<String, List<Claim>> grantsByLock() {
        return claims().stream().filter(claim -> claim.token() > 0).collect(Collectors.groupingBy(Claim::lock));
    }

    /** Moments at which any request got a definite answer, ascending. */
    public List<Long> answeredNanos() {
        return operations().stream()
                .filter(Operation::isDefinite)
                .map(Operation::returnedNanos)
                .toList();
    }
}
