package io.lockgrid.node;

import io.lockgrid.node.raft.DamagedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;
import org.apache.ratis.util.SizeInBytes;
import org.jspecify.annotations.Nullable;

/**
 * A segment of the log, read by Ratis' own reader up to where it can be read.
 *
 * @param isOpen whether it is the one that was written to; a closed one says in its name how far it goes
 * @param lastIndex of the last entry that can be read, {@code firstIndex - 1} if there is none
 * @param lastTerm of that entry, 0 if there is none
 * @param end offset behind that entry, in bytes
 * @param damage why the rest cannot be read, or null if it is whole
 */
record LogFile(
        Path path,
        boolean isOpen,
        long firstIndex,
        long lastIndex,
        long lastTerm,
        long end,
        @Nullable String damage) {
    /** Of one entry; the same bound that a server has. */
    static final int ENTRY_BYTES_MAX = SizeInBytes.valueOf("4MB").getSizeInt();

    /** Bytes before the first entry. */
    static final int HEADER_BYTES = 8;

    /** Bytes behind each entry. */
    static final int CHECKSUM_BYTES = 4;

    private static final String HEADER = "RaftLog1";

    /** The segments below a Raft folder, in order of index. */
    static List<LogFile> allIn(Path raftFolder) throws IOException {
        return names(raftFolder).stream().map(LogFile::read).toList();
    }

    /** What the name of a segment says; {@code last} is -1 for the open one. */
    private record Name(Path path, long first, long last) {
        private static final Pattern PATTERN = Pattern.compile("log_(?:inprogress_(\\d+)|(\\d+)-(\\d+))");

        static Stream<Name> of(Path path) {
            Matcher name = PATTERN.matcher(path.getFileName().toString());
            // One without a byte is no segment: Ratis deletes it where it meets it.
            if (!name.matches() || path.toFile().length() == 0) {
                return Stream.empty();
            }
            boolean isOpen = name.group(1) != null;
            return Stream.of(new Name(
                    path, Long.parseLong(name.group(isOpen ? 1 : 2)), isOpen ? -1 : Long.parseLong(name.group(3))));
        }

        boolean isOpen() {
            return last < 0;
        }
    }

    private static List<Name> names(Path raftFolder) throws IOException {
        if (!Files.exists(raftFolder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(raftFolder)) {
            return paths.flatMap(Name::of)
                    .sorted(Comparator.comparingLong(Name::first))
                    .toList();
        }
    }

    /** The first that cannot be read to its end, or that another one does not follow on. */
    static Optional<LogFile> firstDamaged(List<LogFile> files) {
        for (int i = 0; i < files.size(); i++) {
            LogFile file = files.get(i);
            if (file.damage != null) {
                return Optional.of(file);
            }
            if (i + 1 < files.size() && files.get(i + 1).firstIndex != file.lastIndex + 1) {
                return Optional.of(file.with("the next file, "
                        + files.get(i + 1).path.getFileName() + ", does not follow on log index " + file.lastIndex));
            }
        }
        return Optional.empty();
    }

    /**
     * Checks what Ratis does not: it takes a closed file that is too short for whole where no other follows on it, and
     * the node would forget what it answered for.
     *
     * @throws DamagedFileException if the log ends in such a file
     */
    static void checkEnd(Path raftFolder) throws IOException {
        List<Name> names = names(raftFolder);
        if (!names.isEmpty() && !names.getLast().isOpen()) {
            LogFile file = read(names.getLast());
            if (file.damage != null) {
                throw new DamagedFileException(file.described());
            }
        }
    }

    /** Whether a log file begins as Ratis begins it. */
    static boolean hasHeader(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, HEADER_BYTES), StandardCharsets.US_ASCII).equals(HEADER);
    }

    /** Which file is damaged, where and how; one line without its end. */
    String described() {
        return "the log file " + path + " is damaged at byte " + end + " (" + damage + ")";
    }

    private LogFile with(String otherDamage) {
        return new LogFile(path, isOpen, firstIndex, lastIndex, lastTerm, end, otherDamage);
    }

    private static LogFile read(Name name) {
        Entries entries = new Entries(name.first);
        String damage = entries.readAll(name.path);
        if (damage == null && !name.isOpen() && entries.last != name.last) {
            damage = "it ends at log index " + entries.last + ", before the one in its name";
        }
        return new LogFile(
                name.path, name.isOpen(), entries.first, entries.last, entries.lastTerm, entries.end, damage);
    }

    /** What is learned of the entries while they are read. */
    private static final class Entries {
        private final long first;
        private long last;
        private long lastTerm;
        private long end = HEADER_BYTES;

        Entries(long first) {
            this.first = first;
            this.last = first - 1;
        }

        @Nullable
        String readAll(Path path) {
            LogSegmentPath segment = LogSegmentPath.matchLogSegment(path);
            try {
                int unused = LogSegment.readSegmentFile(
                        path.toFile(),
                        segment.getStartEnd(),
                        SizeInBytes.valueOf(ENTRY_BYTES_MAX),
                        CorruptionPolicy.EXCEPTION,
                        null,
                        this::add);
                return null;
            } catch (IOException | IllegalStateException e) {
                return e.getMessage();
            }
        }

        private void add(LogEntryProto entry) {
            if (entry.getIndex() != last + 1) {
                throw new IllegalStateException("after log index " + last + " comes " + entry.getIndex());
            }
            int size = entry.getSerializedSize();
            end += CodedOutputStream.computeUInt32SizeNoTag(size) + size + CHECKSUM_BYTES;
            last = entry.getIndex();
            lastTerm = entry.getTerm();
        }
    }
}
