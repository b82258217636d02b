package io.lockgrid.bench;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.codec.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A space full of held locks to a snapshot and back. The score is ms for one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class SnapshotCodecBenchmark {
    private static final int COMMANDS = 1_000;
    private static final long LEASE_MILLIS = 3_600_000;

    /** How many locks are held. */
    @Param("1000000")
    public int locks;

    private LockSpace space = LockSpace.empty();
    private byte[] snapshot = {};

    /** Takes every lock. */
    @Setup
    public void fill() throws IOException {
        for (int first = 0; first < locks; first += COMMANDS) {
            List<Command> commands = new ArrayList<>();
            for (int i = first; i < Math.min(first + COMMANDS, locks); i++) {
                LockName lock = new LockName("bench", "0123456789abcdef-" + i);
                commands.add(new Command.TryAcquire(lock, "ticket-" + i, new Holder("bench", "me"), LEASE_MILLIS));
            }
            Batch batch = new Batch(1, first + 1, first + 1, commands);
            space = space.apply(new Entry(first, first, Optional.of(batch))).next();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SnapshotCodec.write(space, bytes);
        snapshot = bytes.toByteArray();
    }

    /** The space to bytes, which go nowhere. */
    @Benchmark
    public void write() throws IOException {
        SnapshotCodec.write(space, OutputStream.nullOutputStream());
    }

    /** The space from bytes in memory. */
    @Benchmark
    public LockSpace read() throws IOException {
        return SnapshotCodec.read(new ByteArrayInputStream(snapshot));
    }
}
