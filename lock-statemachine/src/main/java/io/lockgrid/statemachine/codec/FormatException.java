package io.lockgrid.statemachine.codec;

/** Bytes that are not what they should be: an unknown version, a value out of range, too few bytes or too many. */
public final class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FormatException(String message) {
        super(message);
    }

    FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
