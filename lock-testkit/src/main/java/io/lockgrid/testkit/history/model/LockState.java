package io.lockgrid.testkit.history.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One lock between two operations; immutable. A lock with waiters has a holder.
 *
 * <p>Tokens are known from what clients were told, of whichever moment: so a grant that is out of turn is seen at once.
 *
 * @param hold null while the lock is free
 * @param queue who waits, in the order in which they will hold
 * @param lastToken largest token of this lock's grants so far, as far as they are known
 * @param over numbers of the tickets that ended
 */
public record LockState(@Nullable Hold hold, List<Ticket> queue, long lastToken, Numbers over) {
    /** A lock that nobody has asked for. */
    public static final LockState NEW = new LockState(null, List.of(), 0, Numbers.NONE);

    /** Copies the queue. */
    public LockState {
        queue = List.copyOf(queue);
    }

    /** Whether nobody holds it. */
    public boolean isFree() {
        return hold == null;
    }

    /** Whether this ticket holds. */
    public boolean isHeldBy(Ticket ticket) {
        return hold != null && hold.ticket().number() == ticket.number();
    }

    /** 1 for the next in line, 0 if it does not wait. */
    public int position(Ticket ticket) {
        for (int i = 0; i < queue.size(); i++) {
            if (queue.get(i).number() == ticket.number()) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Whether this ticket holds or waits. */
    public boolean isLive(Ticket ticket) {
        return isHeldBy(ticket) || position(ticket) > 0;
    }

    /** Whether this ticket has ended. */
    public boolean isOver(Ticket ticket) {
        return over.contains(ticket.number());
    }

    /** A new ticket takes the free lock, or is the last in line; nothing if it cannot come now. */
    public Optional<LockState> entered(Ticket ticket, Span now) {
        if (isLive(ticket) || isOver(ticket)) {
            return Optional.empty();
        }
        if (isFree()) {
            return granted(ticket, now);
        }
        if (ticket.token() != 0 && ticket.token() <= largestToken()) {
            return Optional.empty();
        }
        List<Ticket> longer = new ArrayList<>(queue);
        longer.add(ticket);
        return Optional.of(new LockState(hold, longer, lastToken, over));
    }

    /** Of the grants so far and of all that wait: whoever comes later gets a larger one. */
    private long largestToken() {
        long largest = lastToken;
        for (Ticket waiter : queue) {
            largest = Math.max(largest, waiter.token());
        }
        return largest;
    }

    private Optional<LockState> granted(Ticket ticket, Span now) {
        if (ticket.token() != 0 && ticket.token() <= lastToken) {
            return Optional.empty();
        }
        Hold next = new Hold(ticket, ticket.token(), now, now.plus(ticket.leaseMillis()));
        return Optional.of(new LockState(next, queue, Math.max(lastToken, ticket.token()), over));
    }

    /** A ticket that holds or waits ends; the next in line holds in the same step. Nothing if it is not live. */
    public Optional<LockState> ended(Ticket ticket, Span now) {
        if (isHeldBy(ticket)) {
            LockState free = new LockState(null, queue, lastToken, over.with(ticket.number()));
            return queue.isEmpty()
                    ? Optional.of(free)
                    : new LockState(null, queue.subList(1, queue.size()), lastToken, free.over)
                            .granted(queue.getFirst(), now);
        }
        int position = position(ticket);
        if (position == 0) {
            return Optional.empty();
        }
        List<Ticket> shorter = new ArrayList<>(queue);
        shorter.remove(position - 1);
        return Optional.of(new LockState(hold, shorter, lastToken, over.with(ticket.number())));
    }

    /** The holder's lease ends so long after now, or when it did before if that is later. */
    public LockState renewed(long leaseMillis, Span now) {
        Hold held = Objects.requireNonNull(hold, "only a lease that runs is renewed");
        Span asked = now.plus(leaseMillis);
        Span end = new Span(
                Math.max(held.end().min(), asked.min()), Math.max(held.end().max(), asked.max()));
        return withHold(held.endingAt(end), lastToken);
    }

    /** All tickets have ended. */
    public LockState cleared() {
        Numbers all = hold == null ? over : over.with(hold.ticket().number());
        for (Ticket waiter : queue) {
            all = all.with(waiter.number());
        }
        return new LockState(null, List.of(), lastToken, all);
    }

    /** The holder's token becomes known; nothing if it cannot be this one. */
    public Optional<LockState> told(long token) {
        Hold held = Objects.requireNonNull(hold, "only a holder has a token");
        if (held.token() == token) {
            return Optional.of(this);
        }
        if (held.token() != 0 || token <= lastToken) {
            return Optional.empty();
        }
        return Optional.of(withHold(new Hold(held.ticket(), token, held.start(), held.end()), token));
    }

    /** The end of the holder's lease becomes known; nothing if it cannot be then. */
    public Optional<LockState> leasedUntil(long end) {
        Hold held = Objects.requireNonNull(hold, "only a holder has a lease");
        if (end < held.end().min() || end > held.end().max()) {
            return Optional.empty();
        }
        return held.end().equals(Span.at(end))
                ? Optional.of(this)
                : Optional.of(withHold(held.endingAt(Span.at(end)), lastToken));
    }

    /**
     * What the lock can be like when the clock is {@code now}: leases that are over have passed it on. More than one if
     * it is not known whether a lease was over by then; none if a grant then would have been out of turn.
     *
     * @param clockSeen for a time, the first moment from then on at which the replicated clock was seen: by then, a
     *     lease that ended at that time had been noticed
     */
    public List<LockState> at(Span now, LongUnaryOperator clockSeen) {
        List<LockState> possible = new ArrayList<>();
        expire(now, clockSeen, possible);
        return possible;
    }

    private void expire(Span now, LongUnaryOperator clockSeen, List<LockState> possible) {
        Hold held = hold;
        if (held == null || now.max() < held.end().min()) {
            possible.add(this);
            return;
        }
        if (now.min() < held.end().max()) {
            Span rest = new Span(
                    Math.max(held.end().min(), now.min() + 1), held.end().max());
            possible.add(rest.equals(held.end()) ? this : withHold(held.endingAt(rest), lastToken));
        }
        long noticed = Math.min(clockSeen.applyAsLong(held.end().max()), now.max());
        Span passedOn = new Span(held.end().min(), Math.max(held.end().min(), noticed));
        ended(held.ticket(), passedOn).ifPresent(next -> next.expire(now, clockSeen, possible));
    }

    private LockState withHold(Hold next, long token) {
        return new LockState(next, queue, token, over);
    }

    @Override
    public String toString() {
        return (hold == null ? "free" : "held by " + hold) + (queue.isEmpty() ? "" : ", then " + queue);
    }
}
