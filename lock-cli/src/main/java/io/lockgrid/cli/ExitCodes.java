package io.lockgrid.cli;

/** With what a verb ends, beside picocli's own 0 (it did) and 2 (it was called wrongly). */
final class ExitCodes {
    /** It was called rightly and could not: one line on the standard error says why. */
    static final int FAILED = 1;

    private ExitCodes() {}
}
