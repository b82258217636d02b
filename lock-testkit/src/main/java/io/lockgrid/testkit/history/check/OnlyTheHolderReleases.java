package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Invariant 9: a release or a renewal takes effect only for a claim that was not refused, and a release at most once.
 * Where the API lets a release of an ended hold succeed, it may do so again and again.
 */
final class OnlyTheHolderReleases implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        Map<String, Claim> claims = history.claims().stream()
                .collect(Collectors.toMap(claim -> claim.lock() + " " + claim.holder(), Function.identity()));
        return history.operations().stream()
                .filter(op -> hasReleased(op) || hasRenewed(op))
                .filter(op -> !mayHold(claims.get(op.lock() + " " + op.holder()), op))
                .map(op -> new Finding("by one that had no claim, or whose claim was released already", op))
                .toList();
    }

    private static boolean mayHold(@Nullable Claim claim, Operation asked) {
        if (claim == null) {
            return false;
        }
        boolean wasAccepted =
                claim.operations().stream().anyMatch(op -> op.action() == Action.CLAIM && op.outcome() != Outcome.FAIL);
        long releases = claim.operations().stream()
                .filter(OnlyTheHolderReleases::hasReleased)
                .filter(op -> !hasRenewed(asked) || op.returnedNanos() < asked.invokedNanos())
                .count();
        return wasAccepted && (releases <= (hasRenewed(asked) ? 0 : 1) || isRepeatable(asked));
    }

    /** A release through OpenSearch is a success, too, when the hold is over. */
    private static boolean isRepeatable(Operation op) {
        return op.family().equals("opensearch") && op.action() == Action.RELEASE;
    }

    private static boolean hasReleased(Operation op) {
        return op.action() == Action.RELEASE && op.outcome() == Outcome.OK;
    }

    private static boolean hasRenewed(Operation op) {
        return op.action() == Action.RENEW && op.outcome() == Outcome.OK;
    }
}
