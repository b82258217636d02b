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
    private final Queue<RegisterWrite> writes = new ConcurrentLinkedQueue<>();
    private final Queue<Disturbance> disturbances = new ConcurrentLinkedQueue<>();

    /** @param nanoTime monotonic nanoseconds */
    public History(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** To be called right before the call goes out. */
    public Invocation invoke(Action action, String family, String lock, String holder, long leaseMillis) {
        return new Invocation(this, nanoTime, action, family, lock, holder, leaseMillis);
    }

    /** Adds something whole. */
    public void add(Recorded one) {
        switch (one) {
            case Operation operation -> operations.add(operation);
            case Listing listing -> listings.add(listing);
            case Ending ending -> endings.add(ending);
            case RegisterWrite write -> writes.add(write);
            case Disturbance disturbance -> disturbances.add(disturbance);
        }
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

    /** By register, then in the order in which it saw them. */
    public List<RegisterWrite> writes() {
        return writes.stream()
                .sorted(Comparator.comparing(RegisterWrite::register).thenComparingLong(RegisterWrite::sequence))
                .toList();
    }

    /** In order of their begin. */
    public List<Disturbance> disturbances() {
        return disturbances.stream()
                .sorted(Comparator.comparingLong(Disturbance::beginNanos))
                .toList();
    }

    /** Those that the grid may have got: what never happened is no part of what did. */
    public List<Operation> sent() {
        return operations().stream()
                .filter(op -> op.outcome() != Outcome.NOT_SENT)
                .toList();
    }

    /**
     * The claims, of what was {@link #sent}, in order of their first call. An operation of a holder that claimed
     * nothing is not in them.
     */
    public List<Claim> claims() {
        List<Operation> sent = sent();
        Map<String, List<Operation>> enders = sent.stream()
                .filter(op -> op.mayHaveHappened() && op.mayEndOthers())
                .collect(Collectors.groupingBy(Operation::lock));
        return sent.stream()
                .collect(Collectors.groupingBy(
                        op -> op.lock() + " " + op.holder(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(group -> group.stream().anyMatch(op -> op.action() == Action.CLAIM))
                .map(group -> claim(group, enders.getOrDefault(group.getFirst().lock(), List.of())))
                .sorted(Comparator.comparingLong(Claim::invokedNanos))
                .toList();
    }

    private static Claim claim(List<Operation> group, List<Operation> enders) {
        Operation first = group.getFirst();
        return new Claim(
                first.lock(),
                first.holder(),
                group,
                enders.stream()
                        .filter(op -> !op.holder().equals(first.holder()))
                        .filter(op -> op.action() == Action.CLEAR || op.family().equals(first.family()))
                        .toList());
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
