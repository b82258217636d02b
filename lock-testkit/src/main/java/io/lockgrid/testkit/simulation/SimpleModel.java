package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.AccessToken;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Outcome.Reason;
import io.lockgrid.statemachine.Outcome.Refused;
import io.lockgrid.statemachine.RequestRecord;
import io.lockgrid.statemachine.Ticket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A second lock space, as simple as can be: plain lists, changed in place and searched from end to end. Written from
 * what {@link Command} promises; it has no index, no bound on numbers of things and no code of the real one.
 */
public final class SimpleModel {
    private final Map<LockName, ModelLock> locks = new TreeMap<>(GridState.BY_NAME);
    private final List<RequestRecord> requests = new ArrayList<>();
    private final ModelOrigins origins = new ModelOrigins();
    private final List<AccessToken> accessTokens = new ArrayList<>();
    private List<Event> events = new ArrayList<>();
    private long now;
    private long wall;
    private long lastToken;
    private long lastSequence;

    private static final class ModelLock {
        Optional<Hold> hold = Optional.empty();
        final List<Ticket> waiters = new ArrayList<>();
        final List<EndedTicket> ended = new ArrayList<>();
        long lastToken;

        boolean holds(String ticket) {
            return hold.isPresent() && hold.get().ticket().id().equals(ticket);
        }

        Optional<Ticket> waiter(String ticket) {
            return waiters.stream().filter(each -> each.id().equals(ticket)).findFirst();
        }

        boolean hasEnded(String ticket) {
            return ended.stream().anyMatch(each -> each.id().equals(ticket));
        }

        boolean knows(String ticket) {
            return holds(ticket) || waiter(ticket).isPresent() || hasEnded(ticket);
        }
    }

    /** Applies an entry. */
    public Core.Result apply(Entry entry) {
        events = new ArrayList<>();
        now = Math.max(now, entry.stampMillis());
        wall = entry.wallMillis();
        for (var due = nextDue(); due.isPresent(); due = nextDue()) {
            endHold(due.get(), End.EXPIRED);
        }
        List<Outcome> outcomes = entry.batches().stream()
                .flatMap(batch -> runOnce(batch).stream())
                .toList();
        return new Core.Result(outcomes, events);
    }

    /** All that it remembers. */
    public GridState state() {
        List<GridState.LockState> states = new ArrayList<>();
        locks.forEach((name, lock) -> states.add(new GridState.LockState(
                name, lock.hold, List.copyOf(lock.waiters), List.copyOf(lock.ended), lock.lastToken)));
        return new GridState(
                now,
                wall,
                lastToken,
                lastSequence,
                states,
                List.copyOf(requests),
                origins.state(),
                List.copyOf(accessTokens));
    }

    private Optional<LockName> nextDue() {
        Optional<LockName> next = Optional.empty();
        Optional<Hold> first = Optional.empty();
        for (var each : locks.entrySet()) {
            Optional<Hold> hold = each.getValue().hold;
            if (hold.isPresent() && hold.get().expiresAtMillis() <= now && isBefore(hold.get(), first)) {
                next = Optional.of(each.getKey());
                first = hold;
            }
        }
        return next;
    }

    private static boolean isBefore(Hold hold, Optional<Hold> other) {
        return other.isEmpty()
                || hold.expiresAtMillis() < other.get().expiresAtMillis()
                || (hold.expiresAtMillis() == other.get().expiresAtMillis()
                        && hold.token() < other.get().token());
    }

    private List<Outcome> runOnce(Batch batch) {
        Optional<List<Outcome>> known = origins.answerTo(batch);
        if (known.isPresent()) {
            return known.get();
        }
        List<Outcome> outcomes = new ArrayList<>();
        batch.commands().forEach(command -> outcomes.add(run(command)));
        lastSequence++;
        origins.remember(batch, lastSequence, outcomes);
        return outcomes;
    }

    private Outcome run(Command command) {
        return switch (command) {
            case Command.TryAcquire c -> acquire(c.lock(), c.ticket(), c.holder(), c.leaseMillis(), Optional.empty());
            case Command.Enqueue c ->
                acquire(c.lock(), c.ticket(), c.holder(), c.leaseMillis(), Optional.of(c.waitersMax()));
            case Command.Renew c -> renew(c);
            case Command.ReleaseTicket c -> releaseTicket(c);
            case Command.ReleaseHolder c -> releaseHolder(c);
            case Command.Clear c -> clear(c);
            case Command.Purge c -> purge(c);
            case Command.CreateAccessToken c -> createAccessToken(c);
            case Command.RevokeAccessToken c -> revokeAccessToken(c);
            case Command.Keyed c -> keyed(c);
        };
    }

    private Outcome acquire(LockName name, String ticket, Holder holder, long lease, Optional<Integer> waitersMax) {
        ModelLock lock = locks.get(name);
        if (lock != null && lock.knows(ticket)) {
            return new Refused(Reason.TICKET_EXISTS);
        }
        if (lock == null) {
            lock = new ModelLock();
        }
        if (lock.hold.isPresent() && waitersMax.isEmpty()) {
            return new Refused(Reason.HELD);
        }
        if (lock.hold.isPresent() && lock.waiters.size() >= waitersMax.get()) {
            return new Refused(Reason.QUEUE_FULL);
        }
        locks.put(name, lock);
        lastSequence++;
        lock.waiters.add(new Ticket(ticket, holder, lease, wall, lastSequence));
        if (lock.hold.isEmpty()) {
            Hold hold = grantFirst(name, lock);
            return new Outcome.Granted(ticket, hold.token(), hold.expiresAtMillis(), hold.grantedWallMillis());
        }
        events.add(new Event.Queued(name, ticket, lastSequence));
        return new Outcome.Queued(ticket, lock.waiters.size());
    }

    private Outcome renew(Command.Renew command) {
        ModelLock lock = locks.get(command.lock());
        if (lock == null || !lock.knows(command.ticket())) {
            return new Refused(Reason.NO_SUCH_TICKET);
        }
        if (lock.hasEnded(command.ticket())) {
            return new Refused(Reason.TICKET_ENDED);
        }
        if (!lock.holds(command.ticket())) {
            return new Refused(Reason.NOT_HELD);
        }
        Hold hold = lock.hold.orElseThrow();
        long end = Math.max(hold.expiresAtMillis(), now + command.leaseMillis());
        lock.hold = Optional.of(new Hold(hold.ticket(), hold.token(), end, hold.grantedWallMillis()));
        events.add(new Event.Renewed(command.lock(), command.ticket(), hold.token(), end));
        return new Outcome.Renewed(command.ticket(), hold.token(), end);
    }

    private Outcome releaseTicket(Command.ReleaseTicket command) {
        ModelLock lock = locks.get(command.lock());
        if (lock == null || !lock.knows(command.ticket())) {
            return new Refused(Reason.NO_SUCH_TICKET);
        }
        if (lock.hasEnded(command.ticket())) {
            return new Refused(Reason.TICKET_ENDED);
        }
        if (lock.holds(command.ticket())) {
            endHold(command.lock(), End.RELEASED);
            return new Outcome.Released(command.ticket(), End.RELEASED);
        }
        Ticket waiter = lock.waiter(command.ticket()).orElseThrow();
        lock.waiters.remove(waiter);
        remember(command.lock(), lock, waiter, End.CANCELLED, Optional.empty());
        return new Outcome.Released(command.ticket(), End.CANCELLED);
    }

    private Outcome releaseHolder(Command.ReleaseHolder command) {
        ModelLock lock = locks.get(command.lock());
        if (lock == null) {
            return new Refused(Reason.NO_SUCH_LOCK);
        }
        if (lock.hold.isEmpty()) {
            return new Refused(Reason.NOT_HELD);
        }
        Ticket ticket = lock.hold.get().ticket();
        if (!ticket.holder().equals(command.holder())) {
            return new Refused(Reason.HELD_BY_OTHER);
        }
        endHold(command.lock(), End.RELEASED);
        return new Outcome.Released(ticket.id(), End.RELEASED);
    }

    private Outcome clear(Command.Clear command) {
        ModelLock lock = locks.get(command.lock());
        if (lock == null || lock.hold.isEmpty()) {
            return new Outcome.Cleared(0);
        }
        List<Ticket> waiters = List.copyOf(lock.waiters);
        lock.waiters.clear();
        waiters.forEach(waiter -> remember(command.lock(), lock, waiter, End.CLEARED, Optional.empty()));
        endHold(command.lock(), End.CLEARED);
        return new Outcome.Cleared(waiters.size() + 1);
    }

    private Outcome purge(Command.Purge command) {
        List<EndedTicket> old = new ArrayList<>();
        locks.values()
                .forEach(lock -> lock.ended.stream()
                        .filter(each -> each.endedAtMillis() + Limits.ENDED_KEPT_MILLIS <= now)
                        .forEach(old::add));
        old.sort((one, other) -> Long.compare(one.sequence(), other.sequence()));
        List<EndedTicket> forgotten = old.subList(0, Math.min(old.size(), command.itemsMax()));
        locks.values().forEach(lock -> lock.ended.removeAll(forgotten));
        locks.values().removeIf(lock -> lock.hold.isEmpty() && lock.ended.isEmpty());
        int keys = 0;
        while (keys < command.itemsMax()
                && !requests.isEmpty()
                && requests.getFirst().seenAtMillis() + Limits.REQUEST_KEY_KEPT_MILLIS <= now) {
            requests.removeFirst();
            keys++;
        }
        return new Outcome.Purged(forgotten.size(), keys);
    }

    private Outcome keyed(Command.Keyed command) {
        for (RequestRecord request : requests) {
            if (request.id().equals(command.key())) {
                return request.fingerprint() == command.fingerprint()
                        ? request.outcome()
                        : new Refused(Reason.REQUEST_KEY_REUSED);
            }
        }
        Outcome outcome = run(command.command());
        lastSequence++;
        requests.add(new RequestRecord(command.key(), command.fingerprint(), outcome, lastSequence, now));
        return outcome;
    }

    private Outcome createAccessToken(Command.CreateAccessToken command) {
        for (AccessToken token : accessTokens) {
            if (token.name().equals(command.name()) || token.hash().equals(command.hash())) {
                return new Refused(Reason.ACCESS_TOKEN_EXISTS);
            }
        }
        accessTokens.add(new AccessToken(command.name(), command.hash(), command.role(), command.namespaces(), wall));
        accessTokens.sort(Comparator.comparing(AccessToken::name));
        return new Outcome.AccessTokenCreated(command.name(), wall);
    }

    private Outcome revokeAccessToken(Command.RevokeAccessToken command) {
        return accessTokens.removeIf(token -> token.name().equals(command.name()))
                ? new Outcome.AccessTokenRevoked(command.name())
                : new Refused(Reason.NO_SUCH_ACCESS_TOKEN);
    }

    private Hold grantFirst(LockName name, ModelLock lock) {
        Ticket ticket = lock.waiters.removeFirst();
        lastToken++;
        Hold hold = new Hold(ticket, lastToken, now + ticket.leaseMillis(), wall);
        lock.hold = Optional.of(hold);
        lock.lastToken = lastToken;
        events.add(new Event.Granted(name, ticket.id(), ticket.holder(), lastToken, hold.expiresAtMillis()));
        return hold;
    }

    private void endHold(LockName name, End end) {
        ModelLock lock = locks.get(name);
        if (lock == null) {
            throw new IllegalStateException("the model lost " + name);
        }
        Hold hold = lock.hold.orElseThrow();
        lock.hold = Optional.empty();
        remember(name, lock, hold.ticket(), end, Optional.of(hold));
        if (!lock.waiters.isEmpty()) {
            grantFirst(name, lock);
        }
    }

    private void remember(LockName name, ModelLock lock, Ticket ticket, End end, Optional<Hold> hold) {
        lastSequence++;
        long token = hold.map(Hold::token).orElse(0L);
        long grantedWall = hold.map(Hold::grantedWallMillis).orElse(0L);
        lock.ended.add(new EndedTicket(ticket, end, token, grantedWall, now, wall, lastSequence));
        events.add(new Event.Ended(name, ticket.id(), end, token));
    }
}
