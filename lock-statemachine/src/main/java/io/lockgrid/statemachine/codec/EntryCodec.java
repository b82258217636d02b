package io.lockgrid.statemachine.codec;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries and batches. A node sends a batch; the leader writes one or several behind its stamp, and that is the log
 * entry.
 *
 * <pre>
 * entry: version(1) stampMillis(8) wallMillis(8) batch...
 * batch: version(1) origin(8) sequence(varint) floor(varint) count(varint) command...
 * </pre>
 *
 * <p>An entry of one batch at most is of version 1, one of more is of version 2.
 */
public final class EntryCodec {
    private static final int ENTRY_OF_ONE = 1;
    private static final int ENTRY_OF_SEVERAL = 2;
    private static final int BATCH_VERSION = 1;

    private EntryCodec() {}

    /** The bytes of a batch as a node sends it. */
    public static byte[] encodeBatch(Batch batch) {
        ByteWriter out = new ByteWriter(bytesExpected(batch));
        writeBatch(out, batch);
        return out.toBytes();
    }

    /** The bytes of a whole entry. */
    public static byte[] encode(Entry entry) {
        List<Batch> batches = entry.batches();
        ByteWriter out = new ByteWriter(
                32 + batches.stream().mapToInt(EntryCodec::bytesExpected).sum());
        out.writeByte(versionFor(batches));
        out.writeLong(entry.stampMillis()).writeLong(entry.wallMillis());
        batches.forEach(batch -> writeBatch(out, batch));
        return out.toBytes();
    }

    private static int versionFor(List<Batch> batches) {
        return batches.size() > 1 ? ENTRY_OF_SEVERAL : ENTRY_OF_ONE;
    }

    private static int bytesExpected(Batch batch) {
        return 64 + 128 * batch.commands().size();
    }

    private static void writeBatch(ByteWriter out, Batch batch) {
        out.writeByte(BATCH_VERSION).writeLong(batch.origin()).writeVarint(batch.sequence());
        out.writeVarint(batch.floor()).writeVarint(batch.commands().size());
        for (Command command : batch.commands()) {
            CommandCodec.write(out, command);
        }
    }

    /**
     * Reads an entry.
     *
     * @throws FormatException if the bytes are not an entry of a version that this build knows
     */
    public static Entry decode(ByteBuffer bytes) {
        ByteReader in = new ByteReader(bytes.duplicate());
        int version = in.expectVersion("an entry", ENTRY_OF_ONE, ENTRY_OF_SEVERAL);
        long stamp = in.readLong();
        long wall = in.readLong();
        List<Batch> batches = new ArrayList<>();
        while (!in.isAtEnd()) {
            batches.add(readBatch(in));
        }
        if (version != versionFor(batches)) {
            throw new FormatException("an entry of version " + version + " holds " + batches.size() + " batches");
        }
        try {
            return new Entry(stamp, wall, batches);
        } catch (IllegalArgumentException e) {
            throw new FormatException("an entry holds a value out of range: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a batch.
     *
     * @throws FormatException if the bytes are not a batch of a version that this build knows
     */
    public static Batch decodeBatch(ByteBuffer bytes) {
        ByteReader in = new ByteReader(bytes.duplicate());
        Batch batch = readBatch(in);
        in.expectEnd();
        return batch;
    }

    private static Batch readBatch(ByteReader in) {
        in.expectVersion("a batch", BATCH_VERSION);
        try {
            long origin = in.readLong();
            long sequence = in.readVarint();
            long floor = in.readVarint();
            int count = in.readCount();
            List<Command> commands = new ArrayList<>(Math.min(count, 1024));
            for (int i = 0; i < count; i++) {
                commands.add(CommandCodec.read(in));
            }
            return new Batch(origin, sequence, floor, commands);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException("a batch holds a value out of range: " + e.getMessage(), e);
        }
    }
}
