package io.lockgrid.statemachine.codec;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Entries and batches. A node sends a batch; the leader puts its stamp in front, without reading the batch, and that is
 * the log entry.
 *
 * <pre>
 * entry: version(1) stampMillis(8) wallMillis(8) batch
 * batch: nothing | version(1) origin(8) sequence(varint) floor(varint) count(varint) command...
 * </pre>
 */
public final class EntryCodec {
    private static final int ENTRY_VERSION = 1;
    private static final int BATCH_VERSION = 1;
    private static final int HEADER_BYTES = 17;

    private EntryCodec() {}

    /** The bytes of a batch as a node sends it. */
    public static byte[] encodeBatch(Batch batch) {
        ByteWriter out = new ByteWriter(64 + 128 * batch.commands().size());
        out.writeByte(BATCH_VERSION).writeLong(batch.origin()).writeVarint(batch.sequence());
        out.writeVarint(batch.floor()).writeVarint(batch.commands().size());
        for (Command command : batch.commands()) {
            CommandCodec.write(out, command);
        }
        return out.toBytes();
    }

    /** The bytes of an entry: the leader's stamp before a batch in its bytes, which may be none. */
    public static byte[] stamp(long stampMillis, long wallMillis, ByteBuffer batch) {
        ByteBuffer entry = ByteBuffer.allocate(HEADER_BYTES + batch.remaining());
        entry.put((byte) ENTRY_VERSION).putLong(stampMillis).putLong(wallMillis).put(batch.duplicate());
        return entry.array();
    }

    /** The bytes of a whole entry. */
    public static byte[] encode(Entry entry) {
        byte[] batch = entry.batch().map(EntryCodec::encodeBatch).orElse(new byte[0]);
        return stamp(entry.stampMillis(), entry.wallMillis(), ByteBuffer.wrap(batch));
    }

    /**
     * Reads an entry.
     *
     * @throws FormatException if the bytes are not an entry of a version that this build knows
     */
    public static Entry decode(ByteBuffer bytes) {
        ByteReader in = new ByteReader(bytes.duplicate());
        in.expectVersion("an entry", ENTRY_VERSION);
        long stamp = in.readLong();
        long wall = in.readLong();
        Optional<Batch> batch = in.isAtEnd() ? Optional.empty() : Optional.of(readBatch(in));
        try {
            return new Entry(stamp, wall, batch);
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
        return readBatch(new ByteReader(bytes.duplicate()));
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
            in.expectEnd();
            return new Batch(origin, sequence, floor, commands);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException("a batch holds a value out of range: " + e.getMessage(), e);
        }
    }
}
