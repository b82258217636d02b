package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Applied;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.codec.EntryCodec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/**
 * A core that breaks a promise. A mutant overrides the place where it does: what an entry says, the state before an
 * entry, the state after it, or what a snapshot holds. Without an override it is the real core.
 */
class MutantCore implements Core {
    private LockSpace space = LockSpace.empty();

    /** What is applied in the place of an entry. */
    Entry entry(Entry entry) {
        return entry;
    }

    /** The state to which an entry is applied. */
    LockSpace before(LockSpace before, Entry entry) {
        return before;
    }

    /** The state that is kept after an entry. */
    LockSpace after(LockSpace after) {
        return after;
    }

    /** What is written into a snapshot. */
    LockSpace written(LockSpace state) {
        return state;
    }

    /** What becomes of that which was read from a snapshot. */
    LockSpace read(LockSpace state) {
        return state;
    }

    /** What is told of an entry. */
    Result told(Result result, Entry entry) {
        return result;
    }

    @Override
    public final Result apply(byte[] bytes) {
        Entry entry = EntryCodec.decode(ByteBuffer.wrap(bytes));
        Applied applied = before(space, entry).apply(entry(entry));
        space = after(applied.next());
        return told(new Result(applied.outcomes(), applied.events()), entry);
    }

    @Override
    public final byte[] snapshot() {
        return LockSpaceCore.write(written(space));
    }

    @Override
    public final void restore(byte[] snapshot) {
        space = read(LockSpaceCore.read(snapshot));
    }

    @Override
    public final LockSpace space() {
        return space;
    }

    /** The clusterTime that an entry brings. */
    final long timeOf(Entry entry) {
        return Math.max(space.clusterTimeMillis(), entry.stampMillis());
    }

    static Entry withBatch(Entry entry, Function<Batch, Batch> change) {
        return new Entry(
                entry.stampMillis(),
                entry.wallMillis(),
                entry.batches().stream().map(change).toList());
    }

    static Entry withCommands(Entry entry, Function<Command, Command> change) {
        return withBatch(entry, batch -> {
            List<Command> commands = batch.commands().stream().map(change).toList();
            return new Batch(batch.origin(), batch.sequence(), batch.floor(), commands);
        });
    }
}
