package io.lockgrid.bench.wire;

/**
 * A step that did not bring what it should. Its message is short and the same each time, since errors are counted by
 * it.
 */
public final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param kind of the error, for example {@code acquire: 503} */
    public CallFailedException(String kind) {
        // No stack trace: there may be thousands a second, and none would say more than the kind.
        super(kind, null, false, false);
    }
}
