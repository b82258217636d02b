package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.AccessToken;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Origins;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.RequestRecord;
import io.lockgrid.statemachine.Ticket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that a lock space remembers, in one canonical form: two replicas are equal if these are. Locks are sorted by
 * name, for their order in a lock space means nothing.
 */
public record GridState(
        long clusterTimeMillis,
        long wallMillis,
        long lastToken,
        long lastSequence,
        List<LockState> locks,
        List<RequestRecord> requests,
        List<OriginState> origins,
        List<AccessToken> accessTokens) {
    static final Comparator<LockName> BY_NAME =
            Comparator.comparing(LockName::namespace).thenComparing(LockName::name);

    /** One lock. */
    public record LockState(
            LockName name, Optional<Hold> hold, List<Ticket> waiters, List<EndedTicket> ended, long lastToken) {}

    /** What is remembered of one origin. */
    public record OriginState(long number, long floor, long lastSequence, long usedBy, List<BatchState> batches) {}

    /** A batch that was applied, and its outcomes. */
    public record BatchState(long sequence, List<Outcome> outcomes) {}

    /** The form of a space. */
    public static GridState of(LockSpace space) {
        List<LockState> locks = new ArrayList<>();
        for (var each = space.locks(); each.hasNext(); ) {
            Lock lock = each.next();
            locks.add(new LockState(
                    lock.name(), lock.holder(), list(lock.waiters()), list(lock.ended()), lock.lastToken()));
        }
        locks.sort(Comparator.comparing(LockState::name, BY_NAME));
        List<OriginState> origins = new ArrayList<>();
        for (Origins.Origin origin : space.origins().byOrigin()) {
            List<BatchState> batches = new ArrayList<>();
            origin.batches().forEach(batch -> batches.add(new BatchState(batch.sequence(), batch.outcomes())));
            origins.add(
                    new OriginState(origin.number(), origin.floor(), origin.lastSequence(), origin.usedBy(), batches));
        }
        return new GridState(
                space.clusterTimeMillis(),
                space.wallMillis(),
                space.lastToken(),
                space.lastSequence(),
                locks,
                list(space.requests()),
                origins,
                space.accessTokens());
    }

    /** The state of one lock, if it is held or remembered. */
    public Optional<LockState> lock(LockName name) {
        for (LockState lock : locks) {
            if (lock.name().equals(name)) {
                return Optional.of(lock);
            }
        }
        return Optional.empty();
    }

    /** Where two states differ, for people. */
    public static String difference(GridState expected, GridState actual) {
        StringBuilder text = new StringBuilder();
        compare(text, "clusterTimeMillis", expected.clusterTimeMillis, actual.clusterTimeMillis);
        compare(text, "wallMillis", expected.wallMillis, actual.wallMillis);
        compare(text, "lastToken", expected.lastToken, actual.lastToken);
        compare(text, "lastSequence", expected.lastSequence, actual.lastSequence);
        compare(text, "locks", expected.locks, actual.locks);
        compare(text, "requests", expected.requests, actual.requests);
        compare(text, "origins", expected.origins, actual.origins);
        compare(text, "accessTokens", expected.accessTokens, actual.accessTokens);
        return text.toString();
    }

    private static void compare(StringBuilder text, String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            text.append("\n  ").append(what).append(" should be ").append(expected);
            text.append("\n  ").append(what).append(" is        ").append(actual);
        }
    }

    private static <T> List<T> list(Iterable<T> items) {
        List<T> list = new ArrayList<>();
        items.forEach(list::add);
        return list;
    }
}
