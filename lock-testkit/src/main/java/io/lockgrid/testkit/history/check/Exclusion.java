package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Invariant 1: holds of one lock never overlap, on the replicated clock and in the order of the log. From where a claim
 * held to where the log was before its end, no other claim held.
 */
final class Exclusion implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>(overlaps(history, Operation::index, "log index"));
        findings.addAll(overlaps(history, Operation::clusterTimeMillis, "clusterTime"));
        return findings;
    }

    /** @param place in the log of an answer, by index or by time, -1 if it is not known */
    private static List<Finding> overlaps(History history, ToLongFunction<Operation> place, String unit) {
        List<Finding> findings = new ArrayList<>();
        Latest answered = new Latest(history.operations(), Operation::returnedNanos, place);
        for (List<Claim> grants : history.grantsByLock().values()) {
            Claim before = null;
            for (Claim claim : grants.stream()
                    .filter(grant -> grant.heldForSure() && heldFrom(grant, place) != Claim.NEVER)
                    .sorted(Comparator.comparingLong(grant -> heldFrom(grant, place)))
                    .toList()) {
                long from = heldFrom(claim, place);
                if (before != null && from <= answered.before(before.heldUntilNanos())) {
                    findings.add(Findings.of("two hold " + claim.lock() + " at " + unit + " " + from, before, claim));
                }
                before = claim;
            }
        }
        return findings;
    }

    private static long heldFrom(Claim claim, ToLongFunction<Operation> place) {
        return claim.operations().stream()
                .filter(Operation::saysHeld)
                .mapToLong(place)
                .filter(known -> known >= 0)
                .min()
                .orElse(Claim.NEVER);
    }
}
