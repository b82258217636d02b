package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All checks, and one report of what they found. */
public final class Checks {
    private static final int SHOWN_MAX = 3;

    private Checks() {}

    /** The fifteen promises, by their numbers. */
    public static Map<Integer, HistoryCheck> invariants(Conditions conditions) {
        return new TreeMap<>(Map.ofEntries(
                Map.entry(1, new Exclusion()),
                Map.entry(2, new TokensOnlyGrow()),
                Map.entry(3, new FirstComeFirstGranted()),
                Map.entry(4, new NoTicketIsLost()),
                Map.entry(5, new NoPhantom()),
                Map.entry(6, new NeverEarly(conditions.drift())),
                Map.entry(7, new NotTooLate(conditions)),
                Map.entry(8, new AtMostOncePerKey()),
                Map.entry(9, new OnlyTheHolderReleases()),
                Map.entry(10, new NoResurrection()),
                Map.entry(11, new ReadsLinearizable()),
                Map.entry(12, new ClusterClock(conditions.drift())),
                Map.entry(13, new CrossDialect()),
                Map.entry(14, new ReplicasEqual(conditions.replicaFindings())),
                Map.entry(15, new RegisterLosesNothing())));
    }

    /** Every promise that a finished history can show, by name: the fifteen, the same seen otherwise, and the model. */
    public static Map<String, HistoryCheck> all(Conditions conditions) {
        Map<String, HistoryCheck> all = new LinkedHashMap<>();
        invariants(conditions).values().forEach(check -> all.put(name(check), check));
        Stream.of(
                        new OneHolderInTime(),
                        new TokensAreUnique(),
                        new QueueOrderIsGrantOrder(),
                        new GrantsLastTheirLease(),
                        new AnswersAgreeWithTheEnd(),
                        new EveryQueueDrains(),
                        new IndexFollowsTime(),
                        new WitnessCheck(conditions.searchMax()),
                        new LinearizabilitySearch(conditions.searchMax()))
                .forEach(check -> all.put(name(check), check));
        return all;
    }

    private static String name(HistoryCheck check) {
        return check.getClass().getSimpleName();
    }

    /** What all checks found in a run of which no more is known. */
    public static List<String> report(History history) {
        return report(history, Conditions.UNKNOWN);
    }

    /** What all checks found: for each that found something, its name and its first few findings. */
    public static List<String> report(History history, Conditions conditions) {
        List<String> lines = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        invariants(conditions).forEach((number, check) -> numbers.put(name(check), number));
        all(conditions).forEach((name, check) -> {
            List<Finding> found = check.findings(history);
            found.stream()
                    .limit(SHOWN_MAX)
                    .forEach(finding -> lines.add(
                            name + " (" + numbered(numbers.get(name)) + "1 of " + found.size() + "): " + finding));
        });
        return lines;
    }

    private static String numbered(@Nullable Integer invariant) {
        return invariant == null ? "" : "invariant " + invariant + ", ";
    }
}
