package io.lockgrid.testkit.history;

import java.util.List;

/**
 * A contradiction between a history and a promise.
 *
 * @param what is wrong, in words
 * @param because of what was recorded, what shows it last
 */
public record Finding(String what, List<Recorded> because) {
    /** Copies the list. */
    public Finding {
        because = List.copyOf(because);
    }

    /** Of these records. */
    public Finding(String what, Recorded... because) {
        this(what, List.of(because));
    }

    @Override
    public String toString() {
        return because.isEmpty()
                ? what
                : what + ": "
                        + String.join(
                                "; ", because.stream().map(Recorded::toString).toList());
    }
}
