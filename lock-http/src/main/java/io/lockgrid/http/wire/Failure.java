package io.lockgrid.http.wire;

import io.lockgrid.statemachine.service.SubmitException;
import java.time.Duration;

/** Why a request got no answer from its handler. Each family words these in its own shape. */
public sealed interface Failure {
    /** The request body is longer than {@code bytesMax} bytes. */
    record BodyTooLarge(long bytesMax) implements Failure {}

    /** The end of the request body did not come within {@code bound}. */
    record BodyTooSlow(Duration bound) implements Failure {}

    /** The connection or the stream ended within the body, or in a wait; nobody is there to read a reply. */
    record ClientGone() implements Failure {}

    /** Nobody knows who sent the request; {@code why} is empty if it showed no credential at all. */
    record Unauthenticated(String why) implements Failure {}

    /** The caller may not use {@code what}; a text for a person. */
    record Forbidden(String caller, String what) implements Failure {}

    /** The caller has had {@code perSecond} requests within a second; the next is taken after {@code retrySeconds}. */
    record TooManyRequests(String caller, int perSecond, long retrySeconds) implements Failure {
        /** The same, for a person. */
        public String text() {
            return "more than " + perSecond + " requests a second by " + caller + "; try again in " + retrySeconds
                    + " s";
        }
    }

    /** The log gave no outcome; {@code text} says why, and whether it is safe to try again. */
    record NoOutcome(Kind kind, String text) implements Failure {}

    /** A defect of LockGrid; the cause is in the node's log. */
    record Defect() implements Failure {}

    /** What is known of a command without an outcome. */
    enum Kind {
        /** It never reached the log. */
        NOT_SENT,
        /** It never reached the log, as too much is waiting. */
        OVERLOADED,
        /** It may be, or become, part of the log. */
        UNKNOWN
    }

    /** A failure on its way through a future. */
    final class Carrier extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Failure failure;

        public Carrier(Failure failure) {
            super(failure.toString(), null, false, false);
            this.failure = failure;
        }
    }

    /** The failure that an exception means. */
    static Failure of(Throwable cause) {
        return switch (cause) {
            case Carrier carrier -> carrier.failure;
            case SubmitException.NotSent e ->
                new NoOutcome(Kind.NOT_SENT, e.getMessage() + "; nothing was changed, it is safe to try again");
            case SubmitException.Overloaded e ->
                new NoOutcome(Kind.OVERLOADED, e.getMessage() + "; nothing was changed, try again after a pause");
            case SubmitException.OutcomeUnknown e ->
                new NoOutcome(
                        Kind.UNKNOWN,
                        e.getMessage() + "; it is not known whether it took effect, look before trying again");
            default -> new Defect();
        };
    }
}
