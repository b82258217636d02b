package io.lockgrid.statemachine;

import static io.lockgrid.statemachine.InvariantException.check;

import io.lockgrid.statemachine.collection.Fifo;
import io.lockgrid.statemachine.collection.OrderedTree;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;

/**
 * A lock space being put together again from a snapshot. Only what cannot be derived is stored; the indexes over it are
 * made here, and what contradicts itself is refused. For one thread.
 */
public final class Restoration {
    private final long clusterTimeMillis;
    private final long wallMillis;
    private final long lastToken;
    private final long lastSequence;
    private PersistentMap<LockName, Lock> locks = ExtensionsKt.persistentHashMapOf();
    private OrderedTree<LockName> deadlines = OrderedTree.empty();
    private OrderedTree<LockName> ended = OrderedTree.empty();
    private Line<RequestRecord> requests = Line.empty();
    private OrderedTree<Origins.Origin> origins = OrderedTree.empty();
    private AccessTokens accessTokens = AccessTokens.empty();
    private String lastAccessToken = "";
    private int waiterCount;

    /** Begins with the four numbers of the lock space; see {@link LockSpace}. */
    public Restoration(long clusterTimeMillis, long wallMillis, long lastToken, long lastSequence) {
        this.clusterTimeMillis = clusterTimeMillis;
        this.wallMillis = wallMillis;
        this.lastToken = lastToken;
        this.lastSequence = lastSequence;
        check(
                clusterTimeMillis >= 0 && clusterTimeMillis <= Limits.CLUSTER_TIME_MILLIS_MAX,
                "a clusterTime is within its range");
        check(lastToken >= 0 && lastSequence >= 0, "a count is not negative");
    }

    /** Begins a lock; add its tickets, then end it. */
    public LockRestoration lock(LockName name, long token) {
        return new LockRestoration(name, token);
    }

    /**
     * Adds a remembered request key.
     *
     * @throws InvariantException if it is there already, out of order or out of range
     */
    public void add(RequestRecord request) {
        checkSequence(request.sequence());
        checkPast(request.seenAtMillis());
        check(Limits.isId(request.id()), "a request key has a length");
        check(isAfterLast(requests, request), "request keys are in order");
        check(requests.find(request.id()) == null, "a request key is remembered once");
        requests = requests.with(request);
    }

    /**
     * Adds what is remembered of an origin.
     *
     * @throws InvariantException if it is there already, out of order or contradicts itself
     */
    public void add(Origins.Origin origin) {
        long floor = origin.floor();
        long last = origin.lastSequence();
        checkSequence(origin.usedBy());
        check(floor >= 1 && floor <= last && last - floor < Limits.UNANSWERED_BATCHES_MAX, "a floor is near its end");
        check(origin.batches().get(last, 0) != null, "the last batch of an origin is remembered");
        for (Origins.Answered batch : origin.batches()) {
            check(batch.sequence() >= floor && batch.sequence() <= last, "a batch is above its floor");
            check(!batch.outcomes().isEmpty(), "a batch has an outcome");
        }
        check(
                origins.isEmpty() || origins.descendingIterator().next().number() < origin.number(),
                "origins are in order, each remembered once");
        origins = origins.with(origin.number(), 0, origin);
    }

    /**
     * Adds an access token.
     *
     * @throws InvariantException if there are too many, or it is out of order or there already
     */
    public void add(AccessToken token) {
        check(accessTokens.size() < Limits.ACCESS_TOKENS_MAX, "access tokens have a bound");
        check(lastAccessToken.compareTo(token.name()) < 0, "access tokens are in order of name");
        check(accessTokens.findByHash(token.hash()).isEmpty(), "an access token is known once");
        lastAccessToken = token.name();
        accessTokens = accessTokens.with(token);
    }

    /** The lock space of all that was added. */
    public LockSpace toLockSpace() {
        Fifo<LockName> endedInOrder = Fifo.empty();
        for (LockName lock : ended) {
            endedInOrder = endedInOrder.with(lock);
        }
        Tables tables = new Tables(
                clusterTimeMillis,
                wallMillis,
                lastToken,
                lastSequence,
                waiterCount,
                locks,
                deadlines,
                endedInOrder,
                requests,
                new Origins(origins),
                accessTokens);
        return new LockSpace(tables);
    }

    private void checkSequence(long sequence) {
        check(sequence >= 1 && sequence <= lastSequence, "a sequence is one of those given");
    }

    private void checkPast(long clusterTime) {
        check(clusterTime >= 0 && clusterTime <= clusterTimeMillis, "what has happened was not in the future");
    }

    private void checkTicket(Ticket ticket) {
        checkSequence(ticket.sequence());
        check(Limits.isId(ticket.id()), "a ticket id has a length");
        check(Limits.isLease(ticket.leaseMillis()), "a lease is within its range");
    }

    /** A line sorts by itself, but of two members in one place it would keep only the later. */
    private static <T extends Line.Member> boolean isAfterLast(Line<T> line, T member) {
        return line.isEmpty() || line.reversed().next().sequence() < member.sequence();
    }

    /** One lock of the restoration. */
    public final class LockRestoration {
        private Lock lock;

        private LockRestoration(LockName name, long token) {
            check(token >= 0 && token <= lastToken, "a token of a lock is one of those given");
            lock = new Lock(name, null, Line.empty(), Line.empty(), token);
        }

        /** The ticket that holds the lock. */
        public void hold(Hold hold) {
            checkTicket(hold.ticket());
            check(lock.hold() == null, "a lock has one holder");
            check(hold.token() >= 1 && hold.token() == lock.lastToken(), "the holder has the lock's newest token");
            check(hold.expiresAtMillis() > clusterTimeMillis, "a lease that is due has ended");
            check(hold.expiresAtMillis() - clusterTimeMillis <= Limits.LEASE_MILLIS_MAX, "a lease is within its range");
            lock = lock.withHold(hold);
        }

        /** A ticket that waits. */
        public void waiter(Ticket ticket) {
            checkTicket(ticket);
            check(lock.find(ticket.id()).isEmpty(), "a ticket id is known once");
            check(isAfterLast(lock.waiters(), ticket), "waiters are in order");
            lock = lock.withWaiters(lock.waiters().with(ticket));
        }

        /** A ticket that is over. */
        public void ended(EndedTicket ticket) {
            checkTicket(ticket.ticket());
            checkSequence(ticket.sequence());
            checkPast(ticket.endedAtMillis());
            check(ticket.token() >= 0 && ticket.token() <= lastToken, "a token is one of those given");
            check(lock.find(ticket.id()).isEmpty(), "a ticket id is known once");
            check(isAfterLast(lock.ended(), ticket), "ended tickets are in order");
            check(ended.get(ticket.sequence(), 0) == null, "two tickets do not end at one place");
            lock = lock.withEnded(lock.ended().with(ticket));
            ended = ended.with(ticket.sequence(), 0, lock.name());
        }

        /** Puts the lock into the lock space. */
        public void end() {
            check(locks.get(lock.name()) == null, "a lock is there once");
            check(lock.hold() != null || lock.waiters().isEmpty(), "a lock with waiters has a holder");
            check(!lock.isForgotten(), "a lock is held or remembered");
            lock.holder().ifPresent(hold -> {
                check(deadlines.get(hold.expiresAtMillis(), hold.token()) == null, "a token was given once");
                deadlines = deadlines.with(hold.expiresAtMillis(), hold.token(), lock.name());
            });
            waiterCount += lock.waiters().size();
            locks = locks.putting(lock.name(), lock);
        }
    }
}
