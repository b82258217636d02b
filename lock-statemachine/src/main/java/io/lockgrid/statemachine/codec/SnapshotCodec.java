package io.lockgrid.statemachine.codec;

import io.lockgrid.statemachine.AccessToken;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.InvariantException;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Origins;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.RequestRecord;
import io.lockgrid.statemachine.Restoration;
import io.lockgrid.statemachine.Ticket;
import io.lockgrid.statemachine.collection.OrderedTree;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A whole lock space as a stream of frames, so that neither side holds more than one frame beside the space itself.
 *
 * <pre>
 * snapshot: version(1) frame... end
 * frame:    length(4) kind(1) fields      header first, then locks, requests, origins and access tokens
 * end:      length(4) kind(1) frames(varint): how many came before, so that a cut file is never taken for a whole one
 * </pre>
 *
 * <p>Version 1, which is still read, had no access tokens.
 */
public final class SnapshotCodec {
    private static final int VERSION = 2;
    private static final int VERSION_WITHOUT_ACCESS_TOKENS = 1;
    private static final int HEADER = 1;
    private static final int LOCK = 2;
    private static final int REQUEST = 3;
    private static final int ORIGIN = 4;
    private static final int END = 5;
    private static final int ACCESS_TOKEN = 6;
    private static final int FRAME_BYTES_MAX = 256 * 1024 * 1024;

    private SnapshotCodec() {}

    /** Writes the space; the caller buffers, flushes and closes the stream. */
    public static void write(LockSpace space, OutputStream stream) throws IOException {
        stream.write(VERSION);
        FrameWriter out = new FrameWriter(stream);
        out.frame(HEADER)
                .writeVarint(space.clusterTimeMillis())
                .writeVarint(space.wallMillis())
                .writeVarint(space.lastToken())
                .writeVarint(space.lastSequence());
        out.end();
        for (Iterator<Lock> locks = space.locks(); locks.hasNext(); ) {
            writeLock(out.frame(LOCK), locks.next());
            out.end();
        }
        for (RequestRecord request : space.requests()) {
            ByteWriter fields = out.frame(REQUEST).writeText(request.id()).writeLong(request.fingerprint());
            OutcomeCodec.write(fields, request.outcome());
            fields.writeVarint(request.sequence()).writeVarint(request.seenAtMillis());
            out.end();
        }
        for (Origins.Origin origin : space.origins().byOrigin()) {
            writeOrigin(out.frame(ORIGIN), origin);
            out.end();
        }
        for (AccessToken token : space.accessTokens()) {
            writeAccessToken(out.frame(ACCESS_TOKEN), token);
            out.end();
        }
        long frames = out.frames();
        out.frame(END).writeVarint(frames);
        out.end();
    }

    /**
     * Reads a space, to the end of the stream.
     *
     * @throws FormatException if the bytes are not a whole snapshot of a version that this build knows, or contradict
     *     themselves
     */
    public static LockSpace read(InputStream stream) throws IOException {
        int version = stream.read();
        if (version != VERSION && version != VERSION_WITHOUT_ACCESS_TOKENS) {
            throw new FormatException("a snapshot has format version " + version + ", this build reads "
                    + VERSION_WITHOUT_ACCESS_TOKENS + " and " + VERSION);
        }
        try {
            return readFrames(stream, version);
        } catch (EOFException e) {
            throw new FormatException("the snapshot ends too early", e);
        } catch (InvariantException | IllegalArgumentException | ArithmeticException e) {
            throw new FormatException("the snapshot contradicts itself: " + e.getMessage(), e);
        }
    }

    private static LockSpace readFrames(InputStream stream, int version) throws IOException {
        FrameReader frames = new FrameReader(stream, FRAME_BYTES_MAX);
        ByteReader in = frames.next();
        if (in.readByte() != HEADER) {
            throw new FormatException("a snapshot begins with its header");
        }
        var restoration = new Restoration(in.readVarint(), in.readVarint(), in.readVarint(), in.readVarint());
        in.expectEnd();
        for (long count = 1; ; count++) {
            in = frames.next();
            int kind = in.readByte();
            switch (kind) {
                case LOCK -> readLock(in, restoration);
                case REQUEST -> restoration.add(readRequest(in));
                case ORIGIN -> restoration.add(readOrigin(in));
                case ACCESS_TOKEN -> restoration.add(readAccessToken(in, version));
                case END -> {
                    if (in.readVarint() != count || stream.read() != -1) {
                        throw new FormatException("the snapshot does not end where it says");
                    }
                    return restoration.toLockSpace();
                }
                default -> throw new FormatException("no part of a snapshot has the number " + kind);
            }
            in.expectEnd();
        }
    }

    private static void writeLock(ByteWriter out, Lock lock) {
        CommandCodec.writeLock(out, lock.name());
        out.writeVarint(lock.lastToken());
        Hold hold = lock.hold();
        out.writeByte(hold == null ? 0 : 1);
        if (hold != null) {
            writeTicket(out, hold.ticket());
            out.writeVarint(hold.token()).writeVarint(hold.expiresAtMillis()).writeVarint(hold.grantedWallMillis());
        }
        out.writeVarint(lock.waiters().size());
        for (Ticket waiter : lock.waiters()) {
            writeTicket(out, waiter);
        }
        out.writeVarint(lock.ended().size());
        for (EndedTicket ended : lock.ended()) {
            writeTicket(out, ended.ticket());
            out.writeByte(EnumCodes.of(ended.end()))
                    .writeVarint(ended.token())
                    .writeVarint(ended.grantedWallMillis())
                    .writeVarint(ended.endedAtMillis())
                    .writeVarint(ended.endedWallMillis())
                    .writeVarint(ended.sequence());
        }
    }

    private static void readLock(ByteReader in, Restoration restoration) {
        LockName name = CommandCodec.readLock(in);
        var lock = restoration.lock(name, in.readVarint());
        int held = in.readByte();
        if (held > 1) {
            throw new FormatException("a lock is held or not");
        }
        if (held == 1) {
            lock.hold(new Hold(readTicket(in), in.readVarint(), in.readVarint(), in.readVarint()));
        }
        for (int waiters = in.readCount(); waiters > 0; waiters--) {
            lock.waiter(readTicket(in));
        }
        for (int ended = in.readCount(); ended > 0; ended--) {
            lock.ended(new EndedTicket(
                    readTicket(in),
                    EnumCodes.end(in.readByte()),
                    in.readVarint(),
                    in.readVarint(),
                    in.readVarint(),
                    in.readVarint(),
                    in.readVarint()));
        }
        lock.end();
    }

    private static void writeTicket(ByteWriter out, Ticket ticket) {
        out.writeText(ticket.id());
        CommandCodec.writeHolder(out, ticket.holder());
        out.writeVarint(ticket.leaseMillis())
                .writeVarint(ticket.createdWallMillis())
                .writeVarint(ticket.sequence());
    }

    private static Ticket readTicket(ByteReader in) {
        return new Ticket(
                in.readText(), CommandCodec.readHolder(in), in.readVarint(), in.readVarint(), in.readVarint());
    }

    private static RequestRecord readRequest(ByteReader in) {
        return new RequestRecord(in.readText(), in.readLong(), OutcomeCodec.read(in), in.readVarint(), in.readVarint());
    }

    private static void writeOrigin(ByteWriter out, Origins.Origin origin) {
        out.writeLong(origin.number())
                .writeVarint(origin.floor())
                .writeVarint(origin.lastSequence())
                .writeVarint(origin.usedBy())
                .writeVarint(origin.batches().size());
        for (Origins.Answered batch : origin.batches()) {
            out.writeVarint(batch.sequence()).writeVarint(batch.outcomes().size());
            for (Outcome outcome : batch.outcomes()) {
                OutcomeCodec.write(out, outcome);
            }
        }
    }

    private static Origins.Origin readOrigin(ByteReader in) {
        long number = in.readLong();
        long floor = in.readVarint();
        long lastSequence = in.readVarint();
        long usedBy = in.readVarint();
        OrderedTree<Origins.Answered> batches = OrderedTree.empty();
        for (int count = in.readCount(); count > 0; count--) {
            long sequence = in.readVarint();
            if (batches.get(sequence, 0) != null) {
                throw new FormatException("a batch is remembered twice");
            }
            int size = in.readCount();
            List<Outcome> outcomes = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                outcomes.add(OutcomeCodec.read(in));
            }
            batches = batches.with(sequence, 0, new Origins.Answered(sequence, List.copyOf(outcomes)));
        }
        return new Origins.Origin(number, floor, lastSequence, usedBy, batches);
    }

    private static void writeAccessToken(ByteWriter out, AccessToken token) {
        out.writeText(token.name()).writeText(token.hash()).writeByte(EnumCodes.of(token.role()));
        CommandCodec.writeTexts(out, token.namespaces());
        out.writeVarint(token.createdWallMillis());
    }

    private static AccessToken readAccessToken(ByteReader in, int version) {
        if (version == VERSION_WITHOUT_ACCESS_TOKENS) {
            throw new FormatException("a snapshot of format version " + version + " has no access tokens");
        }
        return new AccessToken(
                in.readText(),
                in.readText(),
                EnumCodes.role(in.readByte()),
                CommandCodec.readTexts(in),
                in.readVarint());
    }
}
