package io.lockgrid.statemachine;

import static io.lockgrid.statemachine.InvariantException.check;

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
    private int waiterCount;

    /** Begins with the four numbers of the lock space; see {@link LockSpace}. */
    public Restoration(long clusterTimeMillis, long wallMillis, long lastToken, long lastSequence) {
        this.clusterTimeMillis = clusterTimeMillis;
        this.wallMillis = wallMillis;
        this.lastToken = lastToken;
        this.lastSequence = lastSequence;
    }

    /** Begins a lock; add its tickets, then end it. */
    public LockRestoration lock(LockName name, long token) {
        return new LockRestoration(name, token);
    }

    /**
     * Adds a remembered request key.
     *
     * @throws InvariantException if it is there already
     */
    public void add(RequestRecord request) {
        checkSequence(request.sequence());
        check(requests.find(request.id()) == null, "a request key is remembered once");
        requests = requests.with(request);
    }

    /**
     * Adds what is remembered of an origin.
     *
     * @throws InvariantException if it is there already
     */
    public void add(Origins.Origin origin) {
        check(origins.get(origin.number(), 0) == null, "an origin is remembered once");
        origins = origins.with(origin.number(), 0, origin);
    }

    /** The lock space of all that was added. */
    public LockSpace toLockSpace() {
        Tables tables = new Tables(
                clusterTimeMillis,
                wallMillis,
                lastToken,
                lastSequence,
                waiterCount,
                locks,
                deadlines,
                ended,
                requests,
                new Origins(origins));
        return new LockSpace(tables);
    }

    private void checkSequence(long sequence) {
        check(sequence >= 1 && sequence <= lastSequence, "a sequence is one of those given");
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
            checkSequence(hold.ticket().sequence());
            check(lock.hold() == null, "a lock has one holder");
            check(hold.token() == lock.lastToken(), "the holder has the lock's newest token");
            lock = lock.withHold(hold);
        }

        /** A ticket that waits. */
        public void waiter(Ticket ticket) {
            checkSequence(ticket.sequence());
            check(lock.find(ticket.id()).isEmpty(), "a ticket id is known once");
            lock = lock.withWaiters(lock.waiters().with(ticket));
        }

        /** A ticket that is over. */
        public void ended(EndedTicket ticket) {
            checkSequence(ticket.sequence());
            check(lock.find(ticket.id()).isEmpty(), "a ticket id is known once");
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
                check(hold.expiresAtMillis() > clusterTimeMillis, "a lease that is due has ended");
                deadlines = deadlines.with(hold.expiresAtMillis(), hold.token(), lock.name());
            });
            waiterCount += lock.waiters().size();
            locks = locks.putting(lock.name(), lock);
        }
    }
}
