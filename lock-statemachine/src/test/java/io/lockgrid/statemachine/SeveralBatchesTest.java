package io.lockgrid.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.codec.SnapshotCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An entry that holds the batches of several nodes; all other tests of the rules have one batch in each entry. */
class SeveralBatchesTest {
    private static final int ENTRIES = 60;

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void areWorthAsManyEntriesOfTheSameTime(int seed) throws IOException {
        Random random = new Random(seed);
        LockSpace together = LockSpace.empty();
        LockSpace apart = LockSpace.empty();
        List<Batch> sent = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            long stamp = 400L * i;
            List<Batch> batches = batches(random, sent);

            Applied whole = together.apply(new Entry(stamp, stamp, batches));
            List<Outcome> outcomes = new ArrayList<>();
            List<Event> events = new ArrayList<>();
            for (Batch batch : batches) {
                Applied part = apart.apply(new Entry(stamp, stamp, List.of(batch)));
                outcomes.addAll(part.outcomes());
                events.addAll(part.events());
                apart = part.next();
            }
            together = whole.next();

            assertThat(whole.outcomes()).isEqualTo(outcomes);
            assertThat(whole.events()).isEqualTo(events);
        }
        assertThat(bytes(together)).isEqualTo(bytes(apart));
    }

    /** One to four batches of three nodes; some are sent again, even within one entry. */
    private static List<Batch> batches(Random random, List<Batch> sent) {
        List<Batch> batches = new ArrayList<>();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            if (!sent.isEmpty() && random.nextInt(6) == 0) {
                batches.add(sent.get(sent.size() - 1 - random.nextInt(Math.min(5, sent.size()))));
                continue;
            }
            long origin = 1L + random.nextInt(3);
            long sequence =
                    1 + sent.stream().filter(batch -> batch.origin() == origin).count();
            List<Command> commands = random.ints(1 + random.nextInt(3))
                    .mapToObj(any -> command(random))
                    .toList();
            Batch batch = new Batch(origin, sequence, Math.max(1, sequence - 3), commands);
            sent.add(batch);
            batches.add(batch);
        }
        return batches;
    }

    private static Command command(Random random) {
        LockName lock = new LockName("test", "lock-" + random.nextInt(3));
        String ticket = "t" + random.nextInt(40);
        Holder holder = new Holder("test", "holder-" + random.nextInt(4));
        long lease = 100L + random.nextInt(3_000);
        return switch (random.nextInt(6)) {
            case 0, 1 -> new Command.Enqueue(lock, ticket, holder, lease, 5);
            case 2 -> new Command.TryAcquire(lock, ticket, holder, lease);
            case 3 -> new Command.Renew(lock, ticket, lease);
            case 4 -> new Command.ReleaseTicket(lock, ticket);
            default -> new Command.ReleaseHolder(lock, holder);
        };
    }

    private static byte[] bytes(LockSpace space) throws IOException {
        var out = new ByteArrayOutputStream();
        SnapshotCodec.write(space, out);
        return out.toByteArray();
    }
}
