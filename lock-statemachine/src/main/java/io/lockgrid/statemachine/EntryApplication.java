package io.lockgrid.statemachine;

import static io.lockgrid.statemachine.InvariantException.check;

import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Outcome.Reason;
import io.lockgrid.statemachine.Outcome.Refused;
import io.lockgrid.statemachine.collection.Fifo;
import io.lockgrid.statemachine.collection.OrderedTree;
import java.util.ArrayList;
import java.util.List;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry being applied: the rules. Lives for one call of {@link LockSpace#apply}; its fields are the tables on their
 * way from the old value to the new one, so the call as a whole stays pure.
 */
final class EntryApplication {
    private final Entry entry;
    private final long now;
    private final long wall;
    private final List<Event> events = new ArrayList<>();

    private PersistentMap<LockName, Lock> locks;
    private OrderedTree<LockName> deadlines;
    private Fifo<LockName> ended;
    private Line<RequestRecord> requests;
    private Origins origins;
    private AccessTokens accessTokens;
    private long lastToken;
    private long lastSequence;
    private int waiterCount;

    EntryApplication(Tables tables, Entry entry) {
        this.entry = entry;
        this.now = Math.max(tables.clusterTimeMillis(), entry.stampMillis());
        this.wall = entry.wallMillis();
        this.locks = tables.locks();
        this.deadlines = tables.deadlines();
        this.ended = tables.ended();
        this.requests = tables.requests();
        this.origins = tables.origins();
        this.accessTokens = tables.accessTokens();
        this.lastToken = tables.lastToken();
        this.lastSequence = tables.lastSequence();
        this.waiterCount = tables.waiterCount();
    }

    Applied run() {
        expireDue();
        List<Outcome> outcomes = entry.batches().stream()
                .flatMap(batch -> applyOnce(batch).stream())
                .toList();
        Tables next = new Tables(
                now,
                wall,
                lastToken,
                lastSequence,
                waiterCount,
                locks,
                deadlines,
                ended,
                requests,
                origins,
                accessTokens);
        return new Applied(new LockSpace(next), outcomes, events);
    }

    /** A grant made here expires after {@link #now}, so the loop ends. */
    private void expireDue() {
        while (deadlines.size() > 0 && deadlines.firstMajor() <= now) {
            Lock lock = lockOf(deadlines.firstValue());
            endHold(lock, holdOf(lock), End.EXPIRED);
        }
    }

    private List<Outcome> applyOnce(Batch batch) {
        var known = origins.find(batch);
        if (known.isPresent()) {
            return known.get().isEmpty()
                    ? batch.commands().stream()
                            .<Outcome>map(command -> new Refused(Reason.BATCH_FORGOTTEN))
                            .toList()
                    : known.get();
        }
        List<Outcome> outcomes = new ArrayList<>(batch.commands().size());
        for (Command command : batch.commands()) {
            outcomes.add(apply(command));
        }
        outcomes = List.copyOf(outcomes);
        origins = origins.with(batch, ++lastSequence, outcomes);
        return outcomes;
    }

    private Outcome apply(Command command) {
        return switch (command) {
            case Command.TryAcquire(var name, var ticket, var holder, var lease) ->
                request(name, new Ticket(ticket, holder, lease, wall, lastSequence + 1), 0);
            case Command.Enqueue(var name, var ticket, var holder, var lease, var waitersMax) ->
                request(name, new Ticket(ticket, holder, lease, wall, lastSequence + 1), waitersMax);
            case Command.Renew(var name, var ticket, var lease) -> renew(name, ticket, lease);
            case Command.ReleaseTicket(var name, var ticket) -> releaseTicket(name, ticket);
            case Command.ReleaseHolder(var name, var holder) -> releaseHolder(name, holder);
            case Command.Clear(var name) -> clear(name);
            case Command.Purge(var itemsMax) -> purge(itemsMax);
            case Command.CreateAccessToken(var name, var hash, var role, var namespaces) ->
                createAccessToken(new AccessToken(name, hash, role, namespaces, wall));
            case Command.RevokeAccessToken(var name) -> revokeAccessToken(name);
            case Command.Keyed keyed -> applyKeyed(keyed);
        };
    }

    /** Takes the lock, or waits for it unless it has {@code waitersMax} waiters; 0 never waits. */
    private Outcome request(LockName name, Ticket ticket, int waitersMax) {
        Lock known = locks.get(name);
        if (known != null && known.find(ticket.id()).isPresent()) {
            return new Refused(Reason.TICKET_EXISTS);
        }
        Lock lock = known == null ? Lock.unheld(name) : known;
        if (lock.isFree()) {
            lastSequence = ticket.sequence();
            Hold hold = grant(lock, ticket);
            return new Outcome.Granted(ticket.id(), hold.token(), hold.expiresAtMillis(), hold.grantedWallMillis());
        }
        if (waitersMax == 0) {
            return new Refused(Reason.HELD);
        }
        if (lock.waiters().size() >= waitersMax) {
            return new Refused(Reason.QUEUE_FULL);
        }
        lastSequence = ticket.sequence();
        waiterCount++;
        put(lock.withWaiters(lock.waiters().with(ticket)));
        events.add(new Event.Queued(name, ticket.id(), ticket.sequence()));
        return new Outcome.Queued(ticket.id(), lock.waiters().size() + 1);
    }

    private Outcome renew(LockName name, String ticket, long leaseMillis) {
        Lock lock = locks.get(name);
        return switch (standing(lock, ticket)) {
            case null -> new Refused(Reason.NO_SUCH_TICKET);
            case Lock.Standing.Over over -> new Refused(Reason.TICKET_ENDED);
            case Lock.Standing.Waiting waiting -> new Refused(Reason.NOT_HELD);
            case Lock.Standing.Holding(Hold hold) -> {
                long expiresAt = Math.max(hold.expiresAtMillis(), now + leaseMillis);
                deadlines =
                        deadlines.without(hold.expiresAtMillis(), hold.token()).with(expiresAt, hold.token(), name);
                put(existing(lock)
                        .withHold(new Hold(hold.ticket(), hold.token(), expiresAt, hold.grantedWallMillis())));
                events.add(new Event.Renewed(name, ticket, hold.token(), expiresAt));
                yield new Outcome.Renewed(ticket, hold.token(), expiresAt);
            }
        };
    }

    private Outcome releaseTicket(LockName name, String ticket) {
        Lock lock = locks.get(name);
        return switch (standing(lock, ticket)) {
            case null -> new Refused(Reason.NO_SUCH_TICKET);
            case Lock.Standing.Over over -> new Refused(Reason.TICKET_ENDED);
            case Lock.Standing.Waiting(Ticket waiter, int position) -> {
                endWaiter(existing(lock), waiter, End.CANCELLED);
                yield new Outcome.Released(ticket, End.CANCELLED);
            }
            case Lock.Standing.Holding(Hold hold) -> {
                endHold(existing(lock), hold, End.RELEASED);
                yield new Outcome.Released(ticket, End.RELEASED);
            }
        };
    }

    private Outcome releaseHolder(LockName name, Holder holder) {
        Lock lock = locks.get(name);
        if (lock == null) {
            return new Refused(Reason.NO_SUCH_LOCK);
        }
        Hold hold = lock.hold();
        if (hold == null) {
            return new Refused(Reason.NOT_HELD);
        }
        if (!hold.ticket().holder().equals(holder)) {
            return new Refused(Reason.HELD_BY_OTHER);
        }
        endHold(lock, hold, End.RELEASED);
        return new Outcome.Released(hold.ticket().id(), End.RELEASED);
    }

    /** The waiters go first: ended the other way round, the holder's end would grant each of them in turn. */
    private Outcome clear(LockName name) {
        Lock lock = locks.get(name);
        if (lock == null || lock.isFree()) {
            return new Outcome.Cleared(0);
        }
        int tickets = lock.waiters().size() + 1;
        for (Ticket waiter : lock.waiters()) {
            endWaiter(lockOf(name), waiter, End.CLEARED);
        }
        Lock emptied = lockOf(name);
        endHold(emptied, holdOf(emptied), End.CLEARED);
        return new Outcome.Cleared(tickets);
    }

    private Outcome purge(int itemsMax) {
        int tickets = 0;
        while (tickets < itemsMax && !ended.isEmpty() && Tables.endedKeptUntil(locks, ended) <= now) {
            forgetOldestEnded();
            tickets++;
        }
        int keys = 0;
        while (keys < itemsMax && !requests.isEmpty() && requests.first().keptUntilMillis() <= now) {
            forgetOldestRequest();
            keys++;
        }
        return new Outcome.Purged(tickets, keys);
    }

    private Outcome createAccessToken(AccessToken token) {
        if (accessTokens.hasNameOrHash(token.name(), token.hash())) {
            return new Refused(Reason.ACCESS_TOKEN_EXISTS);
        }
        if (accessTokens.size() >= Limits.ACCESS_TOKENS_MAX) {
            return new Refused(Reason.TOO_MANY_ACCESS_TOKENS);
        }
        accessTokens = accessTokens.with(token);
        return new Outcome.AccessTokenCreated(token.name(), wall);
    }

    private Outcome revokeAccessToken(String name) {
        AccessToken token = accessTokens.find(name);
        if (token == null) {
            return new Refused(Reason.NO_SUCH_ACCESS_TOKEN);
        }
        accessTokens = accessTokens.without(token);
        return new Outcome.AccessTokenRevoked(name);
    }

    private Outcome applyKeyed(Command.Keyed keyed) {
        RequestRecord known = requests.find(keyed.key());
        if (known != null) {
            return known.fingerprint() == keyed.fingerprint()
                    ? known.outcome()
                    : new Refused(Reason.REQUEST_KEY_REUSED);
        }
        Outcome outcome = apply(keyed.command());
        RequestRecord request = new RequestRecord(keyed.key(), keyed.fingerprint(), outcome, ++lastSequence, now);
        requests = requests.with(request);
        if (requests.size() > Limits.REQUEST_KEYS_MAX) {
            forgetOldestRequest();
        }
        return outcome;
    }

    private Hold grant(Lock lock, Ticket ticket) {
        check(lock.isFree(), "a lock that is granted is free");
        Hold hold = new Hold(ticket, ++lastToken, now + ticket.leaseMillis(), wall);
        check(hold.token() > lock.lastToken(), "tokens of a lock only grow");
        deadlines = deadlines.with(hold.expiresAtMillis(), hold.token(), lock.name());
        put(lock.withHold(hold));
        events.add(new Event.Granted(lock.name(), ticket.id(), ticket.holder(), hold.token(), hold.expiresAtMillis()));
        return hold;
    }

    /** Ends a hold and hands the lock to the next waiter in the same step. */
    private void endHold(Lock lock, Hold hold, End end) {
        int due = deadlines.size();
        deadlines = deadlines.without(hold.expiresAtMillis(), hold.token());
        check(deadlines.size() == due - 1, "a hold has a deadline");
        Lock free = remember(lock.withHold(null), hold.ticket(), end, hold);
        if (free.waiters().isEmpty()) {
            put(free);
            dropBeyondBound();
            return;
        }
        Ticket next = free.waiters().first();
        waiterCount--;
        grant(free.withWaiters(free.waiters().without(next)), next);
        dropBeyondBound();
    }

    private void endWaiter(Lock lock, Ticket waiter, End end) {
        waiterCount--;
        put(remember(lock.withWaiters(lock.waiters().without(waiter)), waiter, end, null));
        dropBeyondBound();
    }

    private Lock remember(Lock lock, Ticket ticket, End end, @Nullable Hold hold) {
        long token = hold == null ? 0 : hold.token();
        long grantedWall = hold == null ? 0 : hold.grantedWallMillis();
        long place = ++lastSequence;
        ended = ended.with(lock.name());
        events.add(new Event.Ended(lock.name(), ticket.id(), end, token));
        EndedTicket over = new EndedTicket(ticket, end, token, grantedWall, now, wall, place);
        return lock.withEnded(lock.ended().with(over));
    }

    private void dropBeyondBound() {
        if (ended.size() > Limits.ENDED_MAX) {
            forgetOldestEnded();
        }
    }

    /** The oldest of the grid is also the oldest of its lock: both are in the order in which tickets ended. */
    private void forgetOldestEnded() {
        Lock lock = lockOf(ended.first());
        check(!lock.ended().isEmpty(), "an ended ticket is remembered by its lock");
        EndedTicket oldest = lock.ended().first();
        ended = ended.withoutFirst();
        Lock next = lock.withEnded(lock.ended().without(oldest));
        if (next.isForgotten()) {
            locks = locks.removing(next.name());
        } else {
            put(next);
        }
    }

    private void forgetOldestRequest() {
        requests = requests.without(requests.first());
    }

    private void put(Lock lock) {
        check(lock.hold() != null || lock.waiters().isEmpty(), "a lock with waiters has a holder");
        locks = locks.putting(lock.name(), lock);
    }

    private static Lock.@Nullable Standing standing(@Nullable Lock lock, String ticket) {
        return lock == null ? null : lock.find(ticket).orElse(null);
    }

    private Lock lockOf(LockName name) {
        return existing(locks.get(name));
    }

    private static Lock existing(@Nullable Lock lock) {
        if (lock == null) {
            throw new InvariantException("broken invariant: an index names only locks that exist");
        }
        return lock;
    }

    private static Hold holdOf(Lock lock) {
        Hold hold = lock.hold();
        if (hold == null) {
            throw new InvariantException("broken invariant: a lock that has a deadline or waiters is held");
        }
        return hold;
    }
}
