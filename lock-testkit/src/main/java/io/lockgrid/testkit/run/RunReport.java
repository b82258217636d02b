package io.lockgrid.testkit.run;

import io.lockgrid.testkit.fault.Injected;
import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.history.RegisterWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run showed.
 *
 * @param took how long it took from the start of the cluster to the last check
 * @param outage the longest time for which a majority was up and nobody was answered
 * @param findings what must not be; none in a good run
 */
public record RunReport(
        RunPlan plan, History history, List<Injected> injected, Duration outage, Duration took, List<String> findings) {
    /** For longer, a cluster of which a majority is up may leave nobody without an answer. */
    private static final Duration OUTAGE_MAX = Duration.ofSeconds(5);

    /** A run in which hardly anything happened proves nothing. */
    private static final int GRANTS_MIN = 20;

    /** Adds what the figures say. */
    public RunReport {
        findings = new ArrayList<>(findings);
        if (outage.compareTo(OUTAGE_MAX) > 0) {
            findings.add("nobody was answered for " + seconds(outage) + " while a majority was up; "
                    + seconds(OUTAGE_MAX) + " are promised");
        }
        if (grants(history) < GRANTS_MIN) {
            findings.add("too little happened to prove anything: " + grants(history) + " grants");
        }
        if (plan.mustLoseUpdates() && lostUpdates(history) == 0) {
            findings.add("the register without a guard lost no update, so the guarded one proves nothing either");
        }
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean isGood() {
        return findings.isEmpty();
    }

    private static long grants(History history) {
        return history.claims().stream()
                .mapToLong(Claim::token)
                .filter(token -> token > 0)
                .count();
    }

    /** Writes that were taken and overwritten by one who had not read them. */
    private static long lostUpdates(History history) {
        long lost = 0;
        Map<String, Long> values = new HashMap<>();
        for (RegisterWrite write : history.writes()) {
            if (write.accepted()) {
                Long before = values.put(write.register(), write.written());
                lost += before == null || before == write.read() ? 0 : 1;
            }
        }
        return lost;
    }

    /** In a line what ran and what was counted; of a bad run, each finding and how to repeat it too. */
    @Override
    public String toString() {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        history.operations().forEach(op -> outcomes.merge(op.outcome(), 1L, Long::sum));
        StringBuilder text = new StringBuilder(isGood() ? "good " : "BAD  ")
                .append(plan.title())
                .append(", seed ")
                .append(plan.seed())
                .append(String.format(
                        ": %d operations: %d ok, %d refused, %d not sent, %d unknown; %d grants; %s;"
                                + " longest outage %s; took %s",
                        history.operations().size(),
                        outcomes.getOrDefault(Outcome.OK, 0L),
                        outcomes.getOrDefault(Outcome.FAIL, 0L),
                        outcomes.getOrDefault(Outcome.NOT_SENT, 0L),
                        outcomes.getOrDefault(Outcome.UNKNOWN, 0L),
                        grants(history),
                        faults(),
                        seconds(outage),
                        seconds(took)));
        if (!history.writes().isEmpty()) {
            text.append(String.format(
                    "; %d writes, %d rejected, %d updates lost",
                    history.writes().size(),
                    history.writes().stream().filter(write -> !write.accepted()).count(),
                    lostUpdates(history)));
        }
        findings.forEach(finding -> text.append("\n    ").append(finding.replace("\n", "\n    ")));
        if (!isGood()) {
            text.append("\n    all of it: ")
                    .append(plan.folder())
                    .append("\n    again: ")
                    .append(plan.command());
        }
        return text.toString();
    }

    private String faults() {
        return injected.isEmpty()
                ? "no faults"
                : injected.stream()
                        .collect(Collectors.groupingBy(Injected::name, TreeMap::new, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(" + "));
    }

    private static String seconds(Duration length) {
        return String.format("%.1f s", length.toMillis() / 1_000.0);
    }
}
