package io.lockgrid.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.util.SizeInBytes;

/** Finds the log file that Ratis cannot read; its own messages do not name it. */
final class DamagedLog {
    /** Of one entry; the same bound that a server has. */
    private static final SizeInBytes ENTRY_MAX = SizeInBytes.valueOf("4MB");

    private DamagedLog() {}

    /** The first log file below a Raft folder that cannot be read to its end, if there is one. */
    static Optional<Path> find(Path raftFolder) {
        try (Stream<Path> files = Files.walk(raftFolder)) {
            return files.sorted().filter(DamagedLog::isDamaged).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isDamaged(Path file) {
        LogSegmentPath segment = LogSegmentPath.matchLogSegment(file);
        if (segment == null) {
            return false;
        }
        try {
            int unused = LogSegment.readSegmentFile(
                    file.toFile(), segment.getStartEnd(), ENTRY_MAX, CorruptionPolicy.EXCEPTION, null, entry -> {});
            return false;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }
}
