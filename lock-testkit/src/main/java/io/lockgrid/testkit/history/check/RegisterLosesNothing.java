package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.RegisterWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Invariant 15, end to end: a register that rejects tokens smaller than the largest one it has seen, at reads and at
 * writes, never loses an update, though clients pause for longer than their leases. What an unguarded one loses is told
 * by {@link #lostUpdates}.
 */
public final class RegisterLosesNothing implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<RegisterWrite> guarded =
                history.writes().stream().filter(RegisterWrite::guarded).toList();
        List<Finding> findings = new ArrayList<>(lost(guarded));
        Map<String, RegisterWrite> largest = new HashMap<>();
        for (RegisterWrite write : guarded) {
            RegisterWrite before = largest.get(write.register());
            if (write.accepted() && before != null && write.token() < before.token()) {
                findings.add(new Finding("an older token was accepted", before, write));
            }
            if (write.accepted() && (before == null || write.token() > before.token())) {
                largest.put(write.register(), write);
            }
        }
        return findings;
    }

    /** Each write to an unguarded register that was made from another value than the one it replaced. */
    public static List<Finding> lostUpdates(History history) {
        return lost(history.writes().stream().filter(write -> !write.guarded()).toList());
    }

    private static List<Finding> lost(List<RegisterWrite> writes) {
        List<Finding> findings = new ArrayList<>();
        Map<String, RegisterWrite> last = new HashMap<>();
        for (RegisterWrite write : writes) {
            if (!write.accepted()) {
                continue;
            }
            RegisterWrite before = last.put(write.register(), write);
            if (before != null && write.read() != before.written()) {
                findings.add(new Finding("an update is lost: the second was made without the first", before, write));
            }
        }
        return findings;
    }
}
