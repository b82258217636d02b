package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.History;
import org.junit.jupiter.api.Test;

class RandomHistoriesTest {
    @Test
    void whatTheRealRulesAnswerIsAlwaysAccepted() {
        for (long seed = Long.getLong("seed", 1); seed <= Long.getLong("seeds", 40); seed++) {
            long t = System.nanoTime();
            History history = RandomClients.history(
                    seed, seed % 4 * 0.03, Integer.getInteger("clients", 3), Integer.getInteger("millis", 4_000));
            var healthy = java.util.List.of(new Conditions.Healthy(0, seed % 4 == 0 ? Long.MAX_VALUE : 0));
            var findings = Checks.report(history, Conditions.UNKNOWN.withHealthy(healthy));
            System.out.println(seed + " " + history.operations().size() + " unknown "
                    + history.operations().stream()
                            .filter(op -> !op.isDefinite())
                            .count() + " " + (System.nanoTime() - t) / 1_000_000 + " ms " + findings);
        }
    }
}
