package io.lockgrid.bench;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.codec.EntryCodec;
import io.lockgrid.statemachine.codec.ReplyCodec;
import java.nio.ByteBuffer;
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

/** Entries and replies to bytes and back, half of the commands acquires, half releases. The score is µs for one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchCodecBenchmark {
    /** How many commands one entry holds. */
    @Param({"1", "64"})
    public int commands;

    private Entry entry = new Entry(0, 0, Optional.empty());
    private ReplyCodec.Reply reply = new ReplyCodec.Reply(0, 0, 0, List.of());
    private ByteBuffer entryBytes = ByteBuffer.allocate(0);
    private ByteBuffer replyBytes = ByteBuffer.allocate(0);

    /** Makes what is encoded and decoded. */
    @Setup
    public void prepare() {
        List<Command> batch = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            LockName lock = new LockName("bench", "0123456789abcdef0123456789abcde" + i % 10);
            String ticket = "ticket-0123456789-" + i;
            Command acquire = new Command.TryAcquire(lock, ticket, new Holder("dapr", "client-" + i), 30_000);
            batch.add(i % 2 == 0 ? acquire : new Command.ReleaseTicket(lock, ticket));
            outcomes.add(new Outcome.Granted(ticket, 1_000_000 + i, 60_000, 1_700_000_000_000L));
        }
        entry = new Entry(1_000, 1_700_000_000_000L, Optional.of(new Batch(42, 1_000, 999, batch)));
        reply = new ReplyCodec.Reply(1_000_000, 7, 1_000, outcomes);
        entryBytes = ByteBuffer.wrap(EntryCodec.encode(entry));
        replyBytes = ByteBuffer.wrap(ReplyCodec.encode(reply));
    }

    /** One entry to bytes. */
    @Benchmark
    public byte[] encodeEntry() {
        return EntryCodec.encode(entry);
    }

    /** One entry from bytes. */
    @Benchmark
    public Entry decodeEntry() {
        return EntryCodec.decode(entryBytes);
    }

    /** One reply to bytes. */
    @Benchmark
    public byte[] encodeReply() {
        return ReplyCodec.encode(reply);
    }

    /** One reply from bytes. */
    @Benchmark
    public ReplyCodec.Reply decodeReply() {
        return ReplyCodec.decode(replyBytes);
    }
}
