package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Ending;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What the grid says of a ticket at the end is what its claim was told: the token, and who ended it. */
final class AnswersAgreeWithTheEnd implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        var endings = history.endings();
        for (Claim claim : history.claims()) {
            claim.tickets().stream()
                    .map(endings::get)
                    .filter(ending -> ending != null && !agrees(claim, ending))
                    .forEach(ending -> findings.add(Findings.of(ending + " is not what was told", claim)));
        }
        return findings;
    }

    private static boolean agrees(Claim claim, Ending ending) {
        boolean isTokenRight = claim.token() == 0 || claim.token() == ending.token();
        boolean wasAskedFor = claim.operations().stream()
                .anyMatch(op -> op.action() == Action.RELEASE && op.outcome() != Outcome.FAIL);
        boolean wasReleased =
                claim.operations().stream().anyMatch(op -> op.action() == Action.RELEASE && op.outcome() == Outcome.OK);
        return isTokenRight
                && switch (ending.reason()) {
                    case "released" -> wasAskedFor && ending.token() > 0;
                    case "cancelled" -> wasAskedFor && ending.token() == 0;
                    default -> !wasReleased;
                };
    }
}
