package io.lockgrid.statemachine.service;

/**
 * A command or a read has no outcome. Each kind says whether it may be sent again. A refusal by the state machine is an
 * {@link io.lockgrid.statemachine.Outcome}, never one of these.
 */
public abstract sealed class SubmitException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Failures are expected under load and partition; a stack trace of each would cost more than the request. */
    private SubmitException(String message) {
        super(message, null, false, false);
    }

    /** It never reached the log. Safe to send again. */
    public static final class NotSent extends SubmitException {
        private static final long serialVersionUID = 1L;

        public NotSent(String message) {
            super(message);
        }
    }

    /** It never reached the log, because too much is waiting. Safe to send again after a pause. */
    public static final class Overloaded extends SubmitException {
        private static final long serialVersionUID = 1L;

        public Overloaded(String message) {
            super(message);
        }
    }

    /** It was sent and may be, or become, part of the log. Look before sending it again, or use a request key. */
    public static final class OutcomeUnknown extends SubmitException {
        private static final long serialVersionUID = 1L;

        public OutcomeUnknown(String message) {
            super(message);
        }
    }
}
