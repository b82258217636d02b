package io.lockgrid.bench;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Commands applied by one thread with many locks present: each cycle releases a random held lock and takes it again, as
 * busy clients do. The score is commands a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseParallelGC"})
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
public class ApplyBenchmark {
    private static final int ENTRIES = 64;
    private static final int CYCLES = 32;
    private static final long LEASE_MILLIS = 3_600_000;

    /** How many locks are held. */
    @Param("1000000")
    public int locks;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Entry> entries = new ArrayList<>();
    private LockSpace space = LockSpace.empty();
    private String[] tickets = {};
    private long sequence;
    private long time;

    /** Takes every lock. */
    @Setup(Level.Trial)
    public void fill() {
        tickets = new String[locks];
        for (int first = 0; first < locks; first += 1000) {
            List<Command> commands = new ArrayList<>();
            for (int i = first; i < Math.min(first + 1000, locks); i++) {
                commands.add(acquire(i));
            }
            space = space.apply(entry(commands)).next();
        }
    }

    /** Makes the entries of one invocation, so that their making is not measured. */
    @Setup(Level.Invocation)
    public void prepare() {
        entries.clear();
        for (int i = 0; i < ENTRIES; i++) {
            List<Command> commands = new ArrayList<>();
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                int lock = random.nextInt(locks);
                commands.add(new Command.ReleaseTicket(name(lock), tickets[lock]));
                commands.add(acquire(lock));
            }
            entries.add(entry(commands));
        }
    }

    /** Applies {@value #ENTRIES} entries. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES * CYCLES * 2)
    public LockSpace apply() {
        for (Entry entry : entries) {
            var applied = space.apply(entry);
            if (applied.outcomes().getLast() instanceof Outcome.Refused) {
                throw new IllegalStateException("a cycle was refused: " + applied.outcomes());
            }
            space = applied.next();
        }
        return space;
    }

    private Command acquire(int lock) {
        tickets[lock] = "t" + Long.toString(random.nextLong() >>> 1, 32) + Long.toString(random.nextLong() >>> 1, 32);
        long lease = LEASE_MILLIS + random.nextInt(60_000);
        return new Command.TryAcquire(name(lock), tickets[lock], new Holder("bench", "client-" + lock % 100), lease);
    }

    private Entry entry(List<Command> commands) {
        sequence++;
        time++;
        return new Entry(time, time, Optional.of(new Batch(1, sequence, sequence, commands)));
    }

    /** Names of 32 bytes, as a decoder makes them: no two are the same object. */
    private static LockName name(int lock) {
        String digits = Integer.toString(lock);
        return new LockName("bench", "0".repeat(32 - digits.length()) + digits);
    }
}
