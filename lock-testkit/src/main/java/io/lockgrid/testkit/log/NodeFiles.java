package io.lockgrid.testkit.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;
import org.apache.ratis.util.SizeInBytes;

/** The log segments and snapshots in the data folder of a stopped node, as Ratis 3.3.0 names and writes them. */
final class NodeFiles {
    /** Bytes before the first entry of a segment. */
    static final int HEADER_BYTES = 8;

    /** Bytes behind each entry. */
    static final int CHECKSUM_BYTES = 4;

    /** Of one entry, as the nodes have it. */
    private static final SizeInBytes ENTRY_MAX = SizeInBytes.valueOf("4MB");

    private static final Pattern SEGMENT = Pattern.compile("log_(?:inprogress_(\\d+)|(\\d+)-(\\d+))");
    private static final Pattern SNAPSHOT = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");

    private NodeFiles() {}

    /** A part of the log in one file; {@code isOpen} if it is the one that is written to. */
    record Segment(Path file, long firstIndex, boolean isOpen) {}

    /**
     * An entry and where it is.
     *
     * @param offset of its first byte in the file
     * @param bytes its length, with what stands before and behind it
     */
    record Placed(LogEntryProto entry, long offset, int bytes) {}

    /** A snapshot and the last entry that is in it. */
    record Snapshot(Path file, long term, long index) {}

    /** In order of index. */
    static List<Segment> segments(Path data) {
        return matching(data, SEGMENT, Comparator.comparingLong(Segment::firstIndex), found -> {
            boolean isOpen = found.name().group(1) != null;
            return new Segment(found.file(), Long.parseLong(found.name().group(isOpen ? 1 : 2)), isOpen);
        });
    }

    /** In order of index. */
    static List<Snapshot> snapshots(Path data) {
        return matching(
                data,
                SNAPSHOT,
                Comparator.comparingLong(Snapshot::index),
                found -> new Snapshot(
                        found.file(),
                        Long.parseLong(found.name().group(1)),
                        Long.parseLong(found.name().group(2))));
    }

    /**
     * The entries of a segment.
     *
     * @throws UncheckedIOException if it cannot be read to its end
     */
    static List<Placed> entries(Segment segment) {
        List<Placed> entries = new ArrayList<>();
        LogSegmentPath path = LogSegmentPath.matchLogSegment(segment.file());
        if (path == null) {
            return entries; // An open segment without a byte, which Ratis deletes.
        }
        try {
            int unused = LogSegment.readSegmentFile(
                    segment.file().toFile(),
                    path.getStartEnd(),
                    ENTRY_MAX,
                    CorruptionPolicy.EXCEPTION,
                    null,
                    entry -> entries.add(placed(entry, end(entries))));
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException("the log file " + segment.file() + " is damaged: " + e.getMessage(), e);
        }
    }

    /** The offset behind the last entry. */
    static long end(List<Placed> entries) {
        return entries.isEmpty()
                ? HEADER_BYTES
                : entries.getLast().offset() + entries.getLast().bytes();
    }

    private static Placed placed(LogEntryProto entry, long offset) {
        int size = entry.getSerializedSize();
        return new Placed(entry, offset, CodedOutputStream.computeUInt32SizeNoTag(size) + size + CHECKSUM_BYTES);
    }

    private record Found(Path file, Matcher name) {}

    private static <T> List<T> matching(Path data, Pattern names, Comparator<T> order, Function<Found, T> read) {
        try (Stream<Path> files = Files.walk(data.resolve("raft"))) {
            return files.map(file ->
                            new Found(file, names.matcher(file.getFileName().toString())))
                    .filter(found -> found.name().matches())
                    .map(read)
                    .sorted(order)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
