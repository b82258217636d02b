package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.time.Duration;
import java.util.List;

/**
 * The log is the witness: in its order, the model of a lock answers as the grid did. For locks of which every outcome
 * is known; those with unknown ones are for {@link LinearizabilitySearch}. That the order of the log is the order of
 * time is for {@link IndexFollowsTime}.
 */
final class WitnessCheck implements HistoryCheck {
    private final Duration searchMax;

    WitnessCheck(Duration searchMax) {
        this.searchMax = searchMax;
    }

    @Override
    public List<Finding> findings(History history) {
        return LinearizabilitySearch.findings(history, searchMax, false);
    }
}
