package io.lockgrid.statemachine;

/** The lock space contradicts itself, which no input can cause: a node that meets this must stop. */
public final class InvariantException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    InvariantException(String message) {
        super(message);
    }

    static void check(boolean holds, String invariant) {
        if (!holds) {
            throw new InvariantException("broken invariant: " + invariant);
        }
    }
}
