package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** At the end, no lock that was ever claimed is held or waited for. */
final class EveryQueueDrains implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        Map<String, Listing> last = new HashMap<>();
        history.listings().forEach(listing -> last.put(listing.lock(), listing));
        return history.operations().stream()
                .map(Operation::lock)
                .distinct()
                .filter(lock -> !last.containsKey(lock) || last.get(lock).held())
                .map(lock -> new Finding("not empty at the end, or not looked at: " + lock + " " + last.get(lock)))
                .toList();
    }
}
