package io.lockgrid.statemachine.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.codec.EntryCodec;
import io.lockgrid.statemachine.codec.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million held locks fit into a small heap, whether they came from the log or from a snapshot. */
@Tag("scale")
class MillionLocksTest {
    private static final int LOCKS = 1_000_000;
    private static final int BATCH = 1_000;
    private static final long HEAP_MIB_MAX = 600;

    @Test
    void aMillionHeldLocksTakeAtMost600MebibytesOfHeap() throws IOException {
        long before = usedMebibytes();
        LockSpace space = LockSpace.empty();
        for (int batch = 1; batch <= LOCKS / BATCH; batch++) {
            // Through bytes, as from the log: nothing is shared between two locks that would not be there.
            space = space.apply(EntryCodec.decode(ByteBuffer.wrap(EntryCodec.encode(entry(batch)))))
                    .next();
        }
        assertThat(space.heldCount()).isEqualTo(LOCKS);
        long taken = usedMebibytes() - before;
        System.out.println("a million held locks take " + taken + " MiB");
        assertThat(taken).isLessThanOrEqualTo(HEAP_MIB_MAX);

        var bytes = new ByteArrayOutputStream();
        SnapshotCodec.write(space, bytes);
        LockSpace restored = SnapshotCodec.read(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(restored.heldCount()).isEqualTo(LOCKS);
        assertThat(restored.nextDeadlineMillis()).isEqualTo(space.nextDeadlineMillis());
        System.out.println("and " + bytes.size() / 1024 / 1024 + " MiB in a snapshot");
    }

    private static Entry entry(int batch) {
        List<Command> commands = new ArrayList<>();
        for (int number = 0; number < BATCH; number++) {
            int lock = batch * BATCH + number;
            commands.add(new Command.TryAcquire(
                    new LockName("orders", "lock-%027d".formatted(lock)),
                    "ticket-%015d".formatted(lock),
                    new Holder("dapr", "worker-%05d".formatted(lock % 10_000)),
                    600_000));
        }
        return new Entry(batch, 0, Optional.of(new Batch(1, batch, batch, commands)));
    }

    private static long usedMebibytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024 / 1024;
    }
}
