package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.check.OrderSearch.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * There is an order in which the model of a lock answers as the grid did, where calls of unknown outcome happened once,
 * at any moment after they were made, or never. What cannot be decided in time counts as a violation.
 */
final class LinearizabilitySearch implements HistoryCheck {
    private final Duration searchMax;

    LinearizabilitySearch(Duration searchMax) {
        this.searchMax = searchMax;
    }

    @Override
    public List<Finding> findings(History history) {
        return findings(history, searchMax, true);
    }

    /** What is wrong with the locks that have, or have not, operations of unknown outcome. */
    static List<Finding> findings(History history, Duration searchMax, boolean ofUnknown) {
        List<Finding> findings = new ArrayList<>();
        LockActs all = new LockActs(history);
        for (String lock : all.locks()) {
            List<Placed> acts = all.of(lock);
            if (acts.stream().anyMatch(Placed::isOptional) == ofUnknown) {
                findings.addAll(findings(lock, new OrderSearch(acts, all.times()::seenFrom, searchMax).run()));
            }
        }
        return findings;
    }

    private static List<Finding> findings(String lock, Result result) {
        return switch (result) {
            case Result.Explained explained -> List.of();
            case Result.Impossible(Placed stuck, var before, int states) ->
                List.of(new Finding(
                        "no order of the calls on " + lock + " explains an answer, the lock being " + before,
                        stuck.told()));
            case Result.Undecided(Placed stuck, var before, int states) ->
                List.of(new Finding(
                        "undecided for " + lock + " after " + states + " states; none got past this, the lock being "
                                + before,
                        stuck.told()));
        };
    }
}
