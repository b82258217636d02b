package io.lockgrid.testkit.history.report;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.check.Checks;
import io.lockgrid.testkit.history.check.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows each check that failed by its smallest failing history: in text, and as a timeline in a file. */
public final class FailureReport {
    private static final int LINES_MAX = 40;

    /** A history is searched many times while it is made smaller. */
    private static final Duration SEARCH_MAX = Duration.ofSeconds(5);

    private FailureReport() {}

    /**
     * Writes one page for each check that finds something, named after it, into a folder that exists.
     *
     * @return for each, what was found, the operations that are left of the history, and where the page is; empty if no
     *     check finds anything
     * @throws IOException if a page cannot be written
     */
    public static List<String> write(History history, Conditions conditions, Path folder) throws IOException {
        List<String> told = new ArrayList<>();
        Conditions hurried = conditions.withSearchMax(SEARCH_MAX);
        for (Map.Entry<String, HistoryCheck> each : Checks.all(hurried).entrySet()) {
            List<Finding> findings = each.getValue().findings(history);
            if (!findings.isEmpty()) {
                Smallest.Failure smallest = Smallest.failing(history, each.getValue(), findings.getFirst());
                Path page = folder.resolve(each.getKey() + ".html");
                Files.writeString(page, Timeline.page(each.getKey(), smallest.finding(), smallest.history()));
                told.add(text(each.getKey(), smallest, page));
            }
        }
        return told;
    }

    private static String text(String check, Smallest.Failure smallest, Path page) {
        List<Operation> operations = smallest.history().operations();
        StringBuilder text =
                new StringBuilder(check).append(": ").append(smallest.finding().what());
        operations.stream().limit(LINES_MAX).forEach(op -> text.append("\n  ").append(op));
        if (operations.size() > LINES_MAX) {
            text.append("\n  and ").append(operations.size() - LINES_MAX).append(" more");
        }
        smallest.history().listings().stream()
                .limit(LINES_MAX)
                .forEach(listing -> text.append("\n  ").append(listing));
        return text.append("\n  see ").append(page).toString();
    }
}
