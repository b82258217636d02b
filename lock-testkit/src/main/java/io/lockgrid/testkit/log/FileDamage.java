package io.lockgrid.testkit.log;

import io.lockgrid.testkit.log.NodeFiles.Placed;
import io.lockgrid.testkit.log.NodeFiles.Segment;
import io.lockgrid.testkit.log.NodeFiles.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;

/** Damages the files of a stopped node, each time in a way that a disk or a power loss can. */
public final class FileDamage {
    private static final int TORN_BYTES_MIN = 64;
    private static final int TORN_BYTES_MAX = 10_000;

    private FileDamage() {}

    /**
     * Leaves what a power loss leaves of an entry that was being written: one more entry behind the last, of which
     * either the end or the beginning is still the zeros that the file was made with. No entry that was there is
     * touched: those were forced to disk, and the node may have told others so.
     *
     * @param data folder of a stopped node
     * @return one line that says what was done
     * @throws IllegalStateException if the node has no open log segment
     */
    public static String tearTail(Path data, Random random) {
        List<Segment> segments = NodeFiles.segments(data);
        if (segments.isEmpty() || !segments.getLast().isOpen()) {
            throw new IllegalStateException("no open log segment in " + data);
        }
        Segment open = segments.getLast();
        List<Placed> entries = NodeFiles.entries(open);
        long index = open.firstIndex() + entries.size();
        long term = entries.isEmpty() ? 1 : entries.getLast().entry().getTerm();
        byte[] frame = frame(entry(term, index, random));
        int middle = random.nextInt(1, frame.length - NodeFiles.CHECKSUM_BYTES);
        boolean losesItsEnd = random.nextBoolean();
        if (losesItsEnd) {
            Arrays.fill(frame, middle, frame.length, (byte) 0);
        } else {
            Arrays.fill(frame, 0, middle, (byte) 0);
        }
        long offset = NodeFiles.end(entries);
        write(open.file(), offset, frame);
        return "tore entry " + index + " of " + open.file() + ": " + frame.length + " bytes from " + offset + ", the "
                + (losesItsEnd ? "end" : "beginning") + " is zeros, divided at byte " + middle;
    }

    /**
     * Changes one byte of one entry, which this node may have told others that it has.
     *
     * @param data folder of a stopped node
     * @return one line that says what was done
     * @throws IllegalStateException if the node has no log entry
     */
    public static String flipByteInLog(Path data, Random random) {
        List<Segment> written = NodeFiles.segments(data).stream()
                .filter(segment -> !NodeFiles.entries(segment).isEmpty())
                .toList();
        if (written.isEmpty()) {
            throw new IllegalStateException("no log entry in " + data);
        }
        Segment segment = written.get(random.nextInt(written.size()));
        List<Placed> entries = NodeFiles.entries(segment);
        Placed entry = entries.get(random.nextInt(entries.size()));
        return flip(segment.file(), entry.offset() + random.nextInt(entry.bytes()), random) + " in entry "
                + entry.entry().getIndex() + " of " + entries.getLast().entry().getIndex();
    }

    /**
     * Changes one byte of the newest snapshot.
     *
     * @param data folder of a stopped node
     * @return one line that says what was done
     * @throws IllegalStateException if the node has no snapshot
     */
    public static String flipByteInSnapshot(Path data, Random random) {
        List<Snapshot> snapshots = NodeFiles.snapshots(data);
        if (snapshots.isEmpty()) {
            throw new IllegalStateException("no snapshot in " + data);
        }
        Path file = snapshots.getLast().file();
        return flip(file, random.nextLong(file.toFile().length()), random);
    }

    private static LogEntryProto entry(long term, long index, Random random) {
        byte[] data = new byte[random.nextInt(TORN_BYTES_MIN, TORN_BYTES_MAX)];
        random.nextBytes(data);
        return LogEntryProto.newBuilder()
                .setTerm(term)
                .setIndex(index)
                .setStateMachineLogEntry(StateMachineLogEntryProto.newBuilder().setLogData(ByteString.copyFrom(data)))
                .build();
    }

    /** The bytes of an entry in a segment: length, entry, checksum. */
    static byte[] frame(LogEntryProto entry) {
        int size = entry.getSerializedSize();
        ByteBuffer frame =
                ByteBuffer.allocate(CodedOutputStream.computeUInt32SizeNoTag(size) + size + NodeFiles.CHECKSUM_BYTES);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(frame);
            out.writeUInt32NoTag(size);
            entry.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(frame.array(), 0, frame.position());
        return frame.putInt((int) checksum.getValue()).array();
    }

    private static String flip(Path file, long offset, Random random) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            byte before = one.get(0);
            byte after = (byte) (before ^ random.nextInt(1, 256));
            channel.write(ByteBuffer.wrap(new byte[] {after}), offset);
            return String.format("changed byte %d of %s from %02x to %02x", offset, file, before, after);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, long offset, byte[] bytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left, offset + left.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
