package io.lockgrid.testkit.history;

import java.util.List;

/** One promise, looked for in a whole history. */
@FunctionalInterface
public interface HistoryCheck {
    /** What contradicts the promise, in words; empty if nothing does. */
    List<String> violations(History history);
}
