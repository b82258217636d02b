package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.List;

/**
 * The state at each log index is the same on all nodes, by log or by snapshot. What was found came from their disks.
 */
final class ReplicasEqual implements HistoryCheck {
    private final List<String> findings;

    ReplicasEqual(List<String> findings) {
        this.findings = findings;
    }

    @Override
    public List<Finding> findings(History history) {
        return findings.stream().map(Finding::new).toList();
    }
}
