package io.lockgrid.cli;

/** The grid did not do what it was asked; the message is one line that says why, and what to do. */
final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallFailedException(String message) {
        super(message, null, false, false);
    }
}
