package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Ending;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.util.List;
import java.util.stream.IntStream;

/** Histories made by hand: moments are whole milliseconds, leases have 1,000 of them, and there is one lock. */
final class Told {
    static final long LEASE_MILLIS = 1_000;
    private static final String LOCK = "fleet/lock";

    private final History history = new History(() -> 0);

    private long last;
    private boolean hasClock;

    History history() {
        return history;
    }

    /** From now on answers say the replicated clock: that of the test at their return. */
    Told withClock() {
        hasClock = true;
        return this;
    }

    /** The claim was granted. */
    Told granted(String holder, long from, long to, long token, long index) {
        return add(Action.CLAIM, holder, from, to, Outcome.OK, "t-" + holder, token, index);
    }

    /** The claim was queued. */
    Told queued(String holder, long from, long to, long index) {
        return add(Action.CLAIM, holder, from, to, Outcome.OK, "t-" + holder, 0, index);
    }

    /** The claim was refused. */
    Told refused(String holder, long from, long to, long index) {
        return add(Action.CLAIM, holder, from, to, Outcome.FAIL, "", 0, index);
    }

    /** The claim was queued or granted under this ticket. */
    Told ticket(String holder, long from, long to, String ticket) {
        return add(Action.CLAIM, holder, from, to, Outcome.OK, ticket, 0, -1);
    }

    /** Nobody knows what became of the claim. */
    Told claimUnknown(String holder, long from, long to) {
        return add(Action.CLAIM, holder, from, to, Outcome.UNKNOWN, "", 0, -1);
    }

    /** The claim was said to have changed nothing. */
    Told claimNotSent(String holder, long from, long to) {
        return add(Action.CLAIM, holder, from, to, Outcome.NOT_SENT, "", 0, -1);
    }

    /** The claim was said to hold. */
    Told holds(String holder, long from, long to, long token, long index) {
        return add(Action.LOOK, holder, from, to, Outcome.OK, "", token, index);
    }

    /** The claim was said not to hold. */
    Told holdsNot(String holder, long from, long to, long index) {
        return add(Action.LOOK, holder, from, to, Outcome.FAIL, "", 0, index);
    }

    /** The claim was released. */
    Told released(String holder, long from, long to, long index) {
        return add(Action.RELEASE, holder, from, to, Outcome.OK, "", 0, index);
    }

    /** There was nothing to release. */
    Told releaseRefused(String holder, long from, long to, long index) {
        return add(Action.RELEASE, holder, from, to, Outcome.FAIL, "", 0, index);
    }

    /** Nobody knows what became of the release. */
    Told releaseUnknown(String holder, long from, long to) {
        return add(Action.RELEASE, holder, from, to, Outcome.UNKNOWN, "", 0, -1);
    }

    /** The release was said to have changed nothing. */
    Told releaseNotSent(String holder, long from, long to) {
        return add(Action.RELEASE, holder, from, to, Outcome.NOT_SENT, "", 0, -1);
    }

    /** A list of the holder and the queue; holders stand for their tickets. */
    Told listed(long index, String... holders) {
        List<Listing.Seat> seats = IntStream.range(0, holders.length)
                .mapToObj(i -> new Listing.Seat("t-" + holders[i], holders[i], 0, i))
                .toList();
        history.add(new Listing(
                LOCK,
                "sfp",
                "observer",
                last,
                last,
                index,
                hasClock ? last / 1_000_000 : -1,
                holders.length > 0,
                true,
                seats));
        return this;
    }

    /** What became of the ticket. */
    Told ended(String holder, String reason, long token) {
        history.add(new Ending("t-" + holder, reason.isEmpty() ? "queued" : "released", reason, token));
        return this;
    }

    private Told add(
            Action action, String holder, long from, long to, Outcome outcome, String ticket, long token, long index) {
        last = Math.max(last, to * 1_000_000);
        history.add(new Operation(
                action,
                true,
                "sfp",
                holder,
                LOCK,
                holder,
                "",
                LEASE_MILLIS,
                0,
                from * 1_000_000,
                to * 1_000_000,
                outcome,
                200,
                ticket,
                token,
                0,
                index,
                hasClock && index >= 0 ? to : -1,
                -1));
        return this;
    }
}
