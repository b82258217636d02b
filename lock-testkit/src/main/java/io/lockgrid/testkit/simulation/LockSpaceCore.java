package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Applied;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.codec.EntryCodec;
import io.lockgrid.statemachine.codec.ReplyCodec;
import io.lockgrid.statemachine.codec.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The real one. Entries, outcomes and snapshots all travel as bytes. */
public final class LockSpaceCore implements Core {
    private LockSpace space = LockSpace.empty();

    @Override
    public Result apply(byte[] entry) {
        Applied applied = space.apply(EntryCodec.decode(ByteBuffer.wrap(entry)));
        space = applied.next();
        byte[] reply = ReplyCodec.encode(new ReplyCodec.Reply(1, 1, space.clusterTimeMillis(), applied.outcomes()));
        return new Result(ReplyCodec.decode(ByteBuffer.wrap(reply)).outcomes(), applied.events());
    }

    @Override
    public byte[] snapshot() {
        return write(space);
    }

    @Override
    public void restore(byte[] snapshot) {
        space = read(snapshot);
    }

    @Override
    public LockSpace space() {
        return space;
    }

    /** The bytes of a space. */
    public static byte[] write(LockSpace space) {
        var bytes = new ByteArrayOutputStream();
        try {
            SnapshotCodec.write(space, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The space of bytes. */
    public static LockSpace read(byte[] snapshot) {
        try {
            return SnapshotCodec.read(new ByteArrayInputStream(snapshot));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
