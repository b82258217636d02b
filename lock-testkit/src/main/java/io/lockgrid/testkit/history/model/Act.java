package io.lockgrid.testkit.history.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that was done to a lock, or seen of it, with its answer. Leases that are over have ended before.
 *
 * <p>Holders are named by the tickets that bear the name: usually one, none if nobody claimed under it.
 */
public interface Act {
    /** What the lock may be like afterwards; nothing if this could not be done or seen now. */
    List<LockState> after(LockState lock, Span now);

    /** Whether it does something, rather than only sees. */
    default boolean changes() {
        return true;
    }

    /** Whether it can be done now at all, as far as a glance tells. */
    default boolean isPossible(LockState lock) {
        return true;
    }

    /** Tickets of which one has to hold or wait for this; empty if it does not depend on that. */
    default List<Ticket> needed() {
        return List.of();
    }

    /** A ticket takes the free lock or joins the end of its queue. */
    record Enqueued(Ticket ticket) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return list(lock.entered(ticket, now));
        }
    }

    /** A ticket takes the free lock: nobody holds it and so nobody waits, the same owner included. */
    record Taken(Ticket ticket) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return lock.isFree() ? list(lock.entered(ticket, now)) : List.of();
        }

        @Override
        public boolean isPossible(LockState lock) {
            return lock.isFree();
        }
    }

    /** A try that found the lock held, or a queue that was full. */
    record Refused() implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return lock.isFree() ? List.of() : List.of(lock);
        }

        @Override
        public boolean changes() {
            return false;
        }
    }

    /** A ticket's holder ends it, whether it holds or waits. */
    record Ended(Ticket ticket) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return list(lock.ended(ticket, now));
        }

        @Override
        public boolean isPossible(LockState lock) {
            return lock.isLive(ticket);
        }

        @Override
        public List<Ticket> needed() {
            return List.of(ticket);
        }
    }

    /** A release of a ticket found it over, or never heard of it. */
    record NotLive(List<Ticket> tickets) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return tickets.stream().noneMatch(lock::isLive) ? List.of(lock) : List.of();
        }

        @Override
        public boolean changes() {
            return false;
        }
    }

    /** Whoever bears the name holds, and gives the lock back. */
    record GivenBack(List<Ticket> named) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return named.stream()
                    .filter(lock::isHeldBy)
                    .flatMap(ticket -> lock.ended(ticket, now).stream())
                    .toList();
        }

        @Override
        public boolean isPossible(LockState lock) {
            return isHeldByOneOf(named, lock);
        }

        @Override
        public List<Ticket> needed() {
            return named;
        }
    }

    /** Nobody of that name holds. */
    record NotHeldBy(List<Ticket> named) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return !isHeldByOneOf(named, lock) ? List.of(lock) : List.of();
        }

        @Override
        public boolean changes() {
            return false;
        }
    }

    /** A release of one grant that is a success also after its end. */
    record GivenBackOrOver(List<Ticket> named) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return isHeldByOneOf(named, lock) ? new GivenBack(named).after(lock, now) : List.of(lock);
        }
    }

    /**
     * A release of whatever hold a family has: it looks first, and then ends the hold that it saw. A success, too, if
     * that one is over by then.
     *
     * @param lookedAtMillis replicated clock before which it cannot have looked
     */
    record GivenBackByAnyone(String family, long lookedAtMillis) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            Hold hold = lock.hold();
            if (hold == null) {
                return List.of(lock);
            }
            boolean mayBeNewer = hold.start().max() >= lookedAtMillis;
            List<LockState> untouched = mayBeNewer ? List.of(lock) : List.of();
            if (!hold.ticket().family().equals(family)) {
                return untouched;
            }
            return Stream.concat(lock.ended(hold.ticket(), now).stream(), untouched.stream())
                    .toList();
        }
    }

    /** No hold of this family was there to be released. */
    record NotHeldThrough(String family) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            Hold hold = lock.hold();
            return hold == null || !hold.ticket().family().equals(family) ? List.of(lock) : List.of();
        }

        @Override
        public boolean changes() {
            return false;
        }
    }

    /** The holder's lease is longer. */
    record Renewed(List<Ticket> named, long leaseMillis, long token, long leaseEndMillis) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return isHeldByOneOf(named, lock) ? told(lock.renewed(leaseMillis, now), token, leaseEndMillis) : List.of();
        }

        @Override
        public boolean isPossible(LockState lock) {
            return isHeldByOneOf(named, lock);
        }

        @Override
        public List<Ticket> needed() {
            return named;
        }
    }

    /** Somebody of that name holds, under this token; the end of the lease is -1 if it was not said. */
    record Holds(List<Ticket> named, long token, long leaseEndMillis) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return isHeldByOneOf(named, lock) ? told(lock, token, leaseEndMillis) : List.of();
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public List<Ticket> needed() {
            return named;
        }
    }

    /** A ticket waits at this place. */
    record Waits(Ticket ticket, int position) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return lock.position(ticket) == position ? List.of(lock) : List.of();
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public List<Ticket> needed() {
            return List.of(ticket);
        }
    }

    /** A ticket that was accepted does not hold: it waits, or it is over. */
    record WaitsOrOver(Ticket ticket) implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return lock.position(ticket) > 0 || lock.isOver(ticket) ? List.of(lock) : List.of();
        }

        @Override
        public boolean changes() {
            return false;
        }
    }

    /** Every ticket ends. */
    record Cleared() implements Act {
        @Override
        public List<LockState> after(LockState lock, Span now) {
            return List.of(lock.cleared());
        }
    }

    private static boolean isHeldByOneOf(List<Ticket> named, LockState lock) {
        for (Ticket ticket : named) {
            if (lock.isHeldBy(ticket)) {
                return true;
            }
        }
        return false;
    }

    private static List<LockState> told(LockState lock, long token, long leaseEndMillis) {
        Optional<LockState> told = token == 0 ? Optional.of(lock) : lock.told(token);
        return list(leaseEndMillis < 0 ? told : told.flatMap(known -> known.leasedUntil(leaseEndMillis)));
    }

    private static List<LockState> list(Optional<LockState> next) {
        return next.map(List::of).orElse(List.of());
    }
}
