package io.lockgrid.http.wire;

/** A text is not the JSON that was asked for. */
public final class BadJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final int column;

    /**
     * @param message what is wrong, without the place
     * @param line of the place, from 1
     * @param column of the place, from 1
     */
    public BadJsonException(String message, int line, int column) {
        super(message, null, false, false);
        this.line = line;
        this.column = column;
    }

    /** What is wrong; an exception made with a message has one. */
    public String text() {
        return String.valueOf(getMessage());
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
