package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No two grants of the whole grid have one token, and no grant has two. */
final class TokensAreUnique implements HistoryCheck {
    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        Map<Long, Operation> byToken = new HashMap<>();
        Map<String, Operation> byClaim = new HashMap<>();
        for (Operation op : history.operations()) {
            if (!op.saysHeld()) {
                continue;
            }
            Operation sameToken = byToken.putIfAbsent(op.token(), op);
            if (sameToken != null && !claim(sameToken).equals(claim(op))) {
                findings.add(new Finding("two grants of one token", sameToken, op));
            }
            Operation sameClaim = byClaim.putIfAbsent(claim(op), op);
            if (sameClaim != null && sameClaim.token() != op.token()) {
                findings.add(new Finding("one grant with two tokens", sameClaim, op));
            }
        }
        return findings;
    }

    private static String claim(Operation op) {
        return op.lock() + " " + op.holder();
    }
}
