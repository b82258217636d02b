package io.lockgrid.testkit.log;

import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.codec.EntryCodec;
import io.lockgrid.statemachine.codec.SnapshotCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/** A data folder as a node leaves it, written by hand. */
final class MadeUpFolder {
    /** Of the zeros that an open segment is made with, in bytes. */
    private static final int ZEROS = 16 * 1024;

    private final Path data;

    MadeUpFolder(Path data) {
        this.data = data;
    }

    Path data() {
        return data;
    }

    /** A segment that is full, or whose term has ended. */
    MadeUpFolder closed(long first, LogEntryProto... entries) throws IOException {
        return segment("log_" + first + "-" + (first + entries.length - 1), 0, List.of(entries));
    }

    /** The segment that is written to. */
    MadeUpFolder open(long first, LogEntryProto... entries) throws IOException {
        return segment("log_inprogress_" + first, ZEROS, List.of(entries));
    }

    MadeUpFolder snapshot(long term, long index, LockSpace space) throws IOException {
        Path file = Files.createDirectories(group().resolve("sm")).resolve("snapshot." + term + "_" + index);
        try (var out = Files.newOutputStream(file)) {
            SnapshotCodec.write(space, out);
        }
        return this;
    }

    static LogEntryProto entry(long term, long index, Entry entry) {
        return LogEntryProto.newBuilder()
                .setTerm(term)
                .setIndex(index)
                .setStateMachineLogEntry(StateMachineLogEntryProto.newBuilder()
                        .setLogData(ByteString.copyFrom(EntryCodec.encode(entry))))
                .build();
    }

    private MadeUpFolder segment(String name, int zeros, List<LogEntryProto> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("RaftLog1".getBytes(StandardCharsets.US_ASCII));
        for (LogEntryProto entry : entries) {
            bytes.writeBytes(FileDamage.frame(entry));
        }
        bytes.writeBytes(new byte[zeros]);
        Files.write(Files.createDirectories(group().resolve("current")).resolve(name), bytes.toByteArray());
        return this;
    }

    private Path group() {
        return data.resolve("raft").resolve("02511d47-d67c-49a3-9011-abb3109a44c1");
    }
}
