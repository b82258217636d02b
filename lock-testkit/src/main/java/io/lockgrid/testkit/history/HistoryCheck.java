package io.lockgrid.testkit.history;

import java.util.List;

/** One promise, looked for in a whole history. */
@FunctionalInterface
public interface HistoryCheck {
    /** What contradicts the promise; empty if nothing does. */
    List<Finding> findings(History history);
}
