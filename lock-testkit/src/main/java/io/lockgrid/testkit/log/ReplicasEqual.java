package io.lockgrid.testkit.log;

import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.testkit.log.ReplicaLog.Replay;
import io.lockgrid.testkit.log.ReplicaLog.Restored;
import io.lockgrid.testkit.log.ReplicaLog.Step;
import io.lockgrid.testkit.simulation.GridState;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;

/**
 * Invariant 14, replicas are equal, on the disks of stopped nodes. What can be said of them for sure:
 *
 * <ul>
 *   <li>If two logs have an entry of the same index and term, they are the same up to there, byte for byte (Raft's log
 *       matching). Behind the last such entry they may differ: an entry of a leader that lost its place before it was
 *       committed stays in its log until the next leader overwrites it.
 *   <li>An entry in a snapshot was committed, so a majority has it.
 *   <li>At an entry that two nodes share, their lock spaces are the same, whether they came to it from the beginning,
 *       from a snapshot that they took, or from one that was installed: whole, where any snapshot ends and at the end
 *       of any log.
 *   <li>Each entry that two nodes share does the same on both: its outcomes, its events, the replicated clock after it.
 * </ul>
 *
 * <p>That is the same state at each index, and not only where whole ones are compared: a lock space is a function of
 * the one before it and of the entry, and two that differ where nobody looks do different things sooner or later.
 *
 * <p>A node that was away has a shorter log; nothing is said of what it lacks. What a node had in its memory is seen by
 * the snapshots that it took, and by what it answered, which the other invariants judge.
 */
public final class ReplicasEqual {
    /** Of a difference, which may be a million locks long. */
    private static final int DIFFERENCE_CHARACTERS_MAX = 2_000;

    private final List<ReplicaLog> logs = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    private ReplicasEqual() {}

    /** A lock space at an entry, and where it was found. */
    private record Witness(String where, LockSpace space) {}

    /** What an entry did, and where. */
    private record Deed(String where, Step step) {}

    private record Point(long index, long term) {}

    /**
     * Compares the nodes of a cluster.
     *
     * @param folders the data folders of all its nodes, none of which runs
     * @return a line for each contradiction; empty if there is none
     */
    public static List<String> findings(List<Path> folders) {
        ReplicasEqual comparison = new ReplicasEqual();
        for (Path folder : folders) {
            comparison.read(folder);
        }
        comparison.compareLogs();
        comparison.compareWithMajority(folders.size());
        comparison.compareStates();
        return comparison.findings;
    }

    private void read(Path folder) {
        try {
            logs.add(ReplicaLog.read(folder));
        } catch (UncheckedIOException | IllegalStateException e) {
            findings.add(folder.getFileName() + " cannot be read: " + e.getMessage());
        }
    }

    private void compareLogs() {
        for (int i = 0; i < logs.size(); i++) {
            for (int j = i + 1; j < logs.size(); j++) {
                compareLogs(logs.get(i), logs.get(j));
            }
        }
    }

    private void compareLogs(ReplicaLog one, ReplicaLog other) {
        boolean mustMatch = false;
        NavigableMap<Long, LogEntryProto> newestFirst = one.entries().descendingMap();
        String difference = null;
        for (Map.Entry<Long, LogEntryProto> each : newestFirst.entrySet()) {
            LogEntryProto entry = each.getValue();
            LogEntryProto another = other.entries().get(each.getKey());
            if (another == null) {
                continue;
            }
            mustMatch |= entry.getTerm() == another.getTerm();
            if (mustMatch && !entry.equals(another)) {
                difference = "log index " + each.getKey() + " is not the same on " + one.name() + " (term "
                        + entry.getTerm() + ") and " + other.name() + " (term " + another.getTerm()
                        + "), though both have a later or equal entry of the same term";
            }
        }
        if (difference != null) {
            findings.add(difference); // The first of them in the log.
        }
    }

    private void compareWithMajority(int nodes) {
        Restored newest = null;
        for (ReplicaLog log : logs) {
            for (Restored snapshot : log.snapshots()) {
                newest = newest == null || snapshot.index() > newest.index() ? snapshot : newest;
            }
        }
        if (newest == null) {
            return;
        }
        Restored committed = newest;
        List<String> having = logs.stream()
                .filter(log -> log.termAt(committed.index()).equals(OptionalLong.of(committed.term())))
                .map(ReplicaLog::name)
                .toList();
        if (having.size() <= nodes / 2) {
            findings.add("log index " + committed.index() + " of term " + committed.term()
                    + " is in a snapshot, so it was committed, but only " + having + " of " + nodes + " nodes have it");
        }
    }

    private void compareStates() {
        Set<Long> indexes = new TreeSet<>();
        for (ReplicaLog log : logs) {
            indexes.add(log.last());
            log.snapshots().forEach(snapshot -> indexes.add(snapshot.index()));
        }
        Map<Point, Witness> first = new HashMap<>();
        Map<Point, Deed> deeds = new HashMap<>();
        for (ReplicaLog log : logs) {
            for (Restored snapshot : log.snapshots()) {
                compare(
                        first,
                        new Point(snapshot.index(), snapshot.term()),
                        new Witness("the snapshot of " + log.name(), snapshot.space()));
            }
            try {
                Replay replay = log.replay(indexes);
                replay.states()
                        .forEach((index, space) ->
                                compare(first, point(log, index), new Witness("the log of " + log.name(), space)));
                compareSteps(deeds, log, replay);
            } catch (RuntimeException e) {
                findings.add("the log of " + log.name() + " cannot be replayed: " + e);
            }
        }
    }

    private static Point point(ReplicaLog log, long index) {
        return new Point(index, log.termAt(index).orElseThrow());
    }

    /**
     * Reports the first entry of a log that does something else than it did elsewhere; the next ones follow from it.
     */
    private void compareSteps(Map<Point, Deed> deeds, ReplicaLog log, Replay replay) {
        boolean isReported = false;
        for (Map.Entry<Long, Step> each : new TreeMap<>(replay.steps()).entrySet()) {
            Deed found = new Deed(log.name(), each.getValue());
            Deed before = deeds.putIfAbsent(point(log, each.getKey()), found);
            if (!isReported && before != null && !before.step().equals(found.step())) {
                isReported = true;
                findings.add("the entry at log index " + each.getKey() + " did not do the same on all nodes: "
                        + cut(before + " and " + found));
            }
        }
    }

    private void compare(Map<Point, Witness> first, Point at, Witness found) {
        Witness before = first.putIfAbsent(at, found);
        if (before == null) {
            return;
        }
        GridState expected = GridState.of(before.space());
        GridState actual = GridState.of(found.space());
        if (!expected.equals(actual)) {
            findings.add("at log index " + at.index() + " the locks differ: " + before.where() + " and " + found.where()
                    + cut(GridState.difference(expected, actual)));
        }
    }

    private static String cut(String difference) {
        return difference.substring(0, Math.min(difference.length(), DIFFERENCE_CHARACTERS_MAX));
    }
}
