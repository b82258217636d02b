package io.lockgrid.testkit.history.model;

/**
 * A grant that is not over.
 *
 * @param token 0 as long as nobody was told
 * @param start when it was granted, on the replicated clock
 * @param end when its lease ends, on the replicated clock: it is over as soon as the clock is there
 */
public record Hold(Ticket ticket, long token, Span start, Span end) {
    Hold endingAt(Span otherEnd) {
        return new Hold(ticket, token, start, otherEnd);
    }

    @Override
    public String toString() {
        return ticket + " since " + start + " until " + end;
    }
}
