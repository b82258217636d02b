package io.lockgrid.statemachine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One lock: who holds it, who waits, and who did until lately; immutable.
 *
 * <p>Invariant: a lock with waiters has a holder. So "free" is one test, and nobody can barge past a queue.
 *
 * @param name its name
 * @param hold the ticket that holds it, or null while it is free
 * @param waiters in the order in which they will hold it
 * @param ended tickets that are over, the first to end first
 * @param lastToken fencing token of the newest grant that is remembered, 0 if there was none
 */
public record Lock(LockName name, @Nullable Hold hold, Line<Ticket> waiters, Line<EndedTicket> ended, long lastToken) {

    /** Where a ticket stands. */
    public sealed interface Standing {
        /** It holds the lock. */
        record Holding(Hold hold) implements Standing {}

        /**
         * It waits.
         *
         * @param position 1 for the next in line; the holder is not counted
         */
        record Waiting(Ticket ticket, int position) implements Standing {}

        /** It is over. */
        record Over(EndedTicket ended) implements Standing {}
    }

    static Lock unheld(LockName name) {
        return new Lock(name, null, Line.empty(), Line.empty(), 0);
    }

    /** The holder, or empty while the lock is free. */
    public Optional<Hold> holder() {
        return Optional.ofNullable(hold);
    }

    /** Where a ticket of this lock stands, or empty if the lock does not know it (any more). */
    public Optional<Standing> find(String ticket) {
        if (hold != null && hold.ticket().id().equals(ticket)) {
            return Optional.of(new Standing.Holding(hold));
        }
        Ticket waiter = waiters.find(ticket);
        if (waiter != null) {
            return Optional.of(new Standing.Waiting(waiter, waiters.position(ticket)));
        }
        return Optional.ofNullable(ended.find(ticket)).map(Standing.Over::new);
    }

    /** The newest hold that is over, if one is remembered. */
    public Optional<EndedTicket> lastHold() {
        for (var newestFirst = ended.reversed(); newestFirst.hasNext(); ) {
            EndedTicket one = newestFirst.next();
            if (one.wasGranted()) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    boolean isFree() {
        return hold == null;
    }

    boolean isForgotten() {
        return hold == null && waiters.isEmpty() && ended.isEmpty();
    }

    Lock withHold(@Nullable Hold next) {
        return new Lock(name, next, waiters, ended, next == null ? lastToken : next.token());
    }

    Lock withWaiters(Line<Ticket> next) {
        return new Lock(name, hold, next, ended, lastToken);
    }

    Lock withEnded(Line<EndedTicket> next) {
        return new Lock(name, hold, waiters, next, lastToken);
    }
}
