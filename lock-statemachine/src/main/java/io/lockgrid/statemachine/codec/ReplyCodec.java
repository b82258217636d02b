package io.lockgrid.statemachine.codec;

import io.lockgrid.statemachine.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the state machine answers to the node that sent a batch.
 *
 * <pre>reply: version(1) index(varint) term(varint) clusterTimeMillis(varint) count(varint) outcome...</pre>
 */
public final class ReplyCodec {
    private static final int VERSION = 1;

    private ReplyCodec() {}

    /**
     * The outcomes of a batch, and where they were decided.
     *
     * @param index log index of the entry
     * @param clusterTimeMillis clusterTime of the entry, in ms
     * @param outcomes one for each command, in order
     */
    public record Reply(long index, long term, long clusterTimeMillis, List<Outcome> outcomes) {}

    /** The bytes of a reply. */
    public static byte[] encode(Reply reply) {
        ByteWriter out = new ByteWriter(32 + 64 * reply.outcomes().size());
        out.writeByte(VERSION).writeVarint(reply.index()).writeVarint(reply.term());
        out.writeVarint(reply.clusterTimeMillis()).writeVarint(reply.outcomes().size());
        for (Outcome outcome : reply.outcomes()) {
            OutcomeCodec.write(out, outcome);
        }
        return out.toBytes();
    }

    /**
     * Reads a reply.
     *
     * @throws FormatException if the bytes are not a reply of a version that this build knows
     */
    public static Reply decode(ByteBuffer bytes) {
        ByteReader in = new ByteReader(bytes.duplicate());
        in.expectVersion("a reply", VERSION);
        long index = in.readVarint();
        long term = in.readVarint();
        long clusterTime = in.readVarint();
        int count = in.readCount();
        List<Outcome> outcomes = new ArrayList<>(count);
        try {
            for (int i = 0; i < count; i++) {
                outcomes.add(OutcomeCodec.read(in));
            }
        } catch (ArithmeticException e) {
            throw new FormatException("a reply holds a value out of range", e);
        }
        in.expectEnd();
        return new Reply(index, term, clusterTime, outcomes);
    }
}
