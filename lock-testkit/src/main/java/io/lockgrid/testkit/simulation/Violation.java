package io.lockgrid.testkit.simulation;

/** A promise was broken in a simulated run. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String check;

    Violation(String check, String message) {
        super(check + ": " + message);
        this.check = check;
    }

    Violation(String check, RuntimeException cause) {
        super(check + ": " + cause, cause);
        this.check = check;
    }

    /** The name of the check that saw it. */
    public String check() {
        return check;
    }
}
