package io.lockgrid.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lockgrid.cli.NodeAnswer.Report;
import io.lockgrid.cli.NodeAnswer.Silence;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How a grid is, as each of its nodes says.
 *
 * @param answers one a node, in the order in which they were asked
 */
record GridStatus(List<NodeAnswer> answers) {
    private static final List<String> HEADINGS =
            List.of("NODE", "ROLE", "LEADER", "TERM", "APPLIED", "HELD", "WAITERS", "READY", "ADDRESS");

    /** Asks all nodes at once. */
    static GridStatus ask(GridOptions grid) {
        HttpClient client = grid.client();
        try {
            List<CompletableFuture<NodeAnswer>> answers = grid.addresses().stream()
                    .map(address -> NodeAnswer.ask(client, grid, address))
                    .toList();
            return new GridStatus(answers.stream().map(CompletableFuture::join).toList());
        } finally {
            client.shutdownNow();
        }
    }

    /** Whether more than half of the nodes are ready. */
    boolean isServing() {
        return ready() >= quorum();
    }

    private int quorum() {
        return answers.size() / 2 + 1;
    }

    private long ready() {
        return reports().stream().filter(Report::isReady).count();
    }

    private List<Report> reports() {
        return answers.stream()
                .filter(Report.class::isInstance)
                .map(Report.class::cast)
                .toList();
    }

    /** Of two that say so the one of the higher term: the other has not heard of it yet. */
    private Optional<Report> leader() {
        return reports().stream().filter(Report::leads).max(Comparator.comparingLong(report -> report.number("term")));
    }

    /** The node whose numbers are the newest. */
    private Optional<Report> newest() {
        return leader().or(() ->
                reports().stream().max(Comparator.comparingLong(report -> report.number("appliedIndex"))));
    }

    /** For a person: a table, what is wrong with which node, and a line on the whole. */
    String toText() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        List<String> troubles = new ArrayList<>();
        for (NodeAnswer answer : answers) {
            switch (answer) {
                case Report report -> {
                    rows.add(row(report));
                    if (!report.isReady()) {
                        troubles.add(report.node() + " is not ready: " + report.text("notReady"));
                    }
                }
                case Silence silence -> {
                    rows.add(List.of(
                            "?",
                            "no answer",
                            "-",
                            "-",
                            "-",
                            "-",
                            "-",
                            "no",
                            silence.address().toString()));
                    troubles.add(silence.address() + " does not answer: " + silence.why());
                }
            }
        }
        List<String> lines = new ArrayList<>(TextTable.lines(rows));
        lines.add("");
        lines.addAll(troubles);
        lines.add(summary());
        return String.join(System.lineSeparator(), lines);
    }

    private static List<String> row(Report report) {
        return List.of(
                report.node(),
                report.text("role"),
                report.text("leader"),
                report.text("term"),
                report.text("appliedIndex"),
                report.text("locksHeld"),
                report.text("waiters"),
                report.isReady() ? "yes" : "no",
                report.address().toString());
    }

    private String summary() {
        String who = leader().map(leader -> leader.node() + " leads in term " + leader.number("term"))
                .orElse("No leader");
        String locks = newest().map(
                        node -> ", locks held: " + node.number("locksHeld") + ", waiters: " + node.number("waiters"))
                .orElse("");
        String nodes = ", nodes ready: " + ready() + " of " + answers.size();
        return who + locks + nodes + (isServing() ? "." : "; " + quorum() + " are needed.");
    }

    /** For a program. */
    String toJson() {
        ObjectNode json = NodeAnswer.JSON.createObjectNode();
        json.put("serving", isServing());
        json.put("leader", leader().map(Report::node).orElse(null));
        json.put("nodesReady", ready());
        json.put("quorum", quorum());
        json.put("locksHeld", newest().map(node -> node.number("locksHeld")).orElse(null));
        json.put("waiters", newest().map(node -> node.number("waiters")).orElse(null));
        var nodes = json.putArray("nodes");
        for (NodeAnswer answer : answers) {
            ObjectNode node = nodes.addObject().put("address", answer.address().toString());
            switch (answer) {
                case Report report -> node.put("answers", true).set("status", report.body());
                case Silence silence -> node.put("answers", false).put("why", silence.why());
            }
        }
        return json.toPrettyString();
    }
}
