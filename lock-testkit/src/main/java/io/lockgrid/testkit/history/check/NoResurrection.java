package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Invariant 10: a claim that is over never holds again: one that was released, or that held and then did not. */
final class NoResurrection implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        for (Claim claim : history.claims()) {
            Optional<Operation> over = claim.operations().stream()
                    .filter(op -> saysOver(claim, op))
                    .min(Comparator.comparingLong(Operation::returnedNanos));
            over.ifPresent(end -> claim.operations().stream()
                    .filter(op -> op.saysHeld() && op.invokedNanos() > end.returnedNanos())
                    .findFirst()
                    .ifPresent(again -> findings.add(new Finding("holds after it was over", end, again))));
        }
        return findings;
    }

    private static boolean saysOver(Claim claim, Operation op) {
        boolean isReleased = op.action() == Action.RELEASE && op.outcome() == Outcome.OK;
        boolean isLost = op.outcome() == Outcome.FAIL
                && op.action() != Action.CLAIM
                && op.position() == 0
                && op.invokedNanos() > claim.heldFromNanos();
        return isReleased || isLost;
    }
}
