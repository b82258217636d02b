package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import java.util.List;

/** All checks, and one report of what they found. */
public final class Checks {
    private static final int SHOWN_MAX = 3;

    private Checks() {}

    /** Every promise that a finished history can show. */
    public static List<HistoryCheck> all(Conditions conditions) {
        return List.of(
                new OneHolderInTime(),
                new OneHolderInTheLog(),
                new TokensOnlyGrow(),
                new TokensAreUnique(),
                new FirstComeFirstGranted(),
                new QueueOrderIsGrantOrder(),
                new OneTicketPerClaim(),
                new NoTicketIsLost(),
                new OnlyTheHolderReleases(),
                new GrantsLastTheirLease(),
                new AnswersAgreeWithTheEnd(),
                new IndexFollowsTime(),
                new EveryQueueDrains(),
                new ReplicasEqual(conditions.replicaFindings()));
    }

    /** What all checks found in a run of which no more is known. */
    public static List<String> report(History history) {
        return report(history, Conditions.UNKNOWN);
    }

    /** What all checks found: one line for each that found something, with its first few findings. */
    public static List<String> report(History history, Conditions conditions) {
        return all(conditions).stream()
                .flatMap(check -> {
                    List<String> found = check.violations(history);
                    String name = check.getClass().getSimpleName();
                    return found.stream()
                            .limit(SHOWN_MAX)
                            .map(finding -> name + " (1 of " + found.size() + "): " + finding);
                })
                .toList();
    }
}
