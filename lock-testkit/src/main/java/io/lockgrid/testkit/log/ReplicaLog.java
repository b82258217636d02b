package io.lockgrid.testkit.log;

import io.lockgrid.statemachine.Applied;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.codec.EntryCodec;
import io.lockgrid.statemachine.codec.SnapshotCodec;
import io.lockgrid.testkit.log.NodeFiles.Placed;
import io.lockgrid.testkit.log.NodeFiles.Segment;
import io.lockgrid.testkit.log.NodeFiles.Snapshot;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;

/** The log and the snapshots of a stopped node, read from its data folder. */
public final class ReplicaLog {
    private final String name;
    private final NavigableMap<Long, LogEntryProto> entries = new TreeMap<>();
    private final List<Restored> snapshots = new ArrayList<>();

    /** A snapshot, and the term and index of the last entry that is in it. */
    public record Restored(long term, long index, LockSpace space) {}

    /**
     * What a node comes to by its log.
     *
     * @param states the lock spaces that were asked for, by index
     * @param steps what each entry did, by index
     */
    public record Replay(Map<Long, LockSpace> states, Map<Long, Step> steps) {}

    /** What applying an entry did, and to where it brought the replicated clock. */
    public record Step(long clusterTimeMillis, List<Outcome> outcomes, List<Event> events) {}

    private ReplicaLog(String name) {
        this.name = name;
    }

    /**
     * Reads a data folder.
     *
     * @throws UncheckedIOException if a file is damaged
     * @throws IllegalStateException if the log contradicts itself, or does not go on where the snapshot ends
     */
    public static ReplicaLog read(Path data) {
        ReplicaLog log = new ReplicaLog(data.getFileName().toString());
        for (Segment segment : NodeFiles.segments(data)) {
            for (Placed placed : NodeFiles.entries(segment)) {
                log.add(placed.entry());
            }
        }
        for (Snapshot snapshot : NodeFiles.snapshots(data)) {
            log.snapshots.add(new Restored(snapshot.term(), snapshot.index(), read(snapshot)));
        }
        log.checkBase();
        return log;
    }

    /** The name of the folder. */
    public String name() {
        return name;
    }

    /** By index; without those that were purged behind a snapshot. */
    public NavigableMap<Long, LogEntryProto> entries() {
        return entries;
    }

    /** In order of index. */
    public List<Restored> snapshots() {
        return snapshots;
    }

    /** The index of the newest entry that the node has, in its log or in a snapshot; -1 if it has none. */
    public long last() {
        long inLog = entries.isEmpty() ? -1 : entries.lastKey();
        return snapshots.isEmpty() ? inLog : Math.max(inLog, snapshots.getLast().index());
    }

    /** The term of an entry, if this node still knows it. */
    public OptionalLong termAt(long index) {
        LogEntryProto entry = entries.get(index);
        if (entry != null) {
            return OptionalLong.of(entry.getTerm());
        }
        return snapshots.stream()
                .filter(snapshot -> snapshot.index() == index)
                .mapToLong(Restored::term)
                .findFirst();
    }

    /**
     * All that this node comes to from the oldest state that it can begin at: the empty one if its log is whole, else a
     * snapshot that the log goes on from.
     *
     * @param indexes where the lock space is asked for; there is none before the beginning or behind the end
     * @throws RuntimeException if an entry cannot be read, or applied
     */
    public Replay replay(Set<Long> indexes) {
        Map<Long, LockSpace> states = new HashMap<>();
        Map<Long, Step> steps = new HashMap<>();
        LockSpace space = LockSpace.empty();
        long index = -1;
        if (!isWhole()) {
            Restored base = base();
            space = base.space();
            index = base.index();
            putIfAsked(states, indexes, index, space);
        }
        for (LogEntryProto entry : entries.tailMap(index, false).values()) {
            if (entry.hasStateMachineLogEntry()) {
                Applied applied = space.apply(EntryCodec.decode(
                        entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer()));
                space = applied.next();
                steps.put(entry.getIndex(), new Step(space.clusterTimeMillis(), applied.outcomes(), applied.events()));
            }
            putIfAsked(states, indexes, entry.getIndex(), space);
        }
        return new Replay(states, steps);
    }

    private static void putIfAsked(Map<Long, LockSpace> states, Set<Long> indexes, long index, LockSpace space) {
        if (indexes.contains(index)) {
            states.put(index, space);
        }
    }

    private void add(LogEntryProto entry) {
        if (!entries.isEmpty()) {
            LogEntryProto before = entries.lastEntry().getValue();
            if (entry.getIndex() != before.getIndex() + 1 || entry.getTerm() < before.getTerm()) {
                throw new IllegalStateException("entry " + at(entry) + " follows on " + at(before));
            }
        }
        entries.put(entry.getIndex(), entry);
    }

    private static String at(LogEntryProto entry) {
        return entry.getIndex() + " of term " + entry.getTerm();
    }

    private boolean isWhole() {
        return entries.isEmpty() ? snapshots.isEmpty() : entries.firstKey() == 0;
    }

    /** The oldest snapshot that the log goes on from. */
    private Restored base() {
        return snapshots.stream()
                .filter(snapshot -> entries.isEmpty() || snapshot.index() >= entries.firstKey() - 1)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the log begins at index " + entries.firstKey() + ", and no snapshot has what was before"));
    }

    private void checkBase() {
        if (!isWhole()) {
            base();
        }
    }

    private static LockSpace read(Snapshot snapshot) {
        try (var in = new BufferedInputStream(Files.newInputStream(snapshot.file()), 1 << 16)) {
            return SnapshotCodec.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the snapshot " + snapshot.file() + " is damaged: " + e.getMessage(), e);
        }
    }
}
