package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A release takes effect only for a claim that was not refused, and at most once. */
final class OnlyTheHolderReleases implements HistoryCheck {
    @Override
    public List<String> violations(History history) {
        Map<String, Claim> claims = history.claims().stream()
                .collect(Collectors.toMap(claim -> claim.lock() + " " + claim.holder(), Function.identity()));
        return history.operations().stream()
                .filter(OnlyTheHolderReleases::hasReleased)
                .filter(op -> !mayHold(claims.get(op.lock() + " " + op.holder())))
                .map(op -> "released by one that had no claim, or whose claim was released already: " + op)
                .toList();
    }

    private static boolean mayHold(@org.jspecify.annotations.Nullable Claim claim) {
        return claim != null
                && claim.operations().stream()
                                .filter(OnlyTheHolderReleases::hasReleased)
                                .count()
                        == 1
                && claim.operations().stream()
                        .anyMatch(op -> op.action() == Action.CLAIM && op.outcome() != Outcome.FAIL);
    }

    private static boolean hasReleased(Operation op) {
        return op.action() == Action.RELEASE && op.outcome() == Outcome.OK;
    }
}
