package io.lockgrid.statemachine.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lockgrid.statemachine.Applied;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A long queue costs its lock little more than a short one. A space is a value, so the same entry can be applied to it
 * again and again: what is compared is the memory that one application takes, which is the same each time, and the
 * median of its time, with a bound that only work in proportion to the queue (here 400 times as long) can miss.
 */
@Tag("scale")
class LongQueueTest {
    private static final LockName LOCK = new LockName("ci", "deploy");
    private static final Holder HOLDER = new Holder("sfp", "alice");
    private static final int SHORT = 100;
    private static final int LONG = 40_000;
    private static final int ROUNDS = 2_001;
    private static final double BYTES_RATIO_MAX = 5;
    private static final double NANOS_RATIO_MAX = 20;

    private static LockSpace shortQueue;
    private static LockSpace middlingQueue;
    private static LockSpace longQueue;

    @BeforeAll
    static void queueUp() {
        shortQueue = spaceWith(SHORT);
        middlingQueue = spaceWith(10_000);
        longQueue = spaceWith(LONG);
    }

    private static LockSpace spaceWith(int waiters) {
        LockSpace space = LockSpace.empty();
        List<Command> commands = new ArrayList<>();
        commands.add(new Command.Enqueue(LOCK, "holder", HOLDER, 60_000, Limits.WAITERS_PER_LOCK_MAX));
        for (int number = 1; number <= waiters; number++) {
            commands.add(new Command.Enqueue(LOCK, "w" + number, HOLDER, 60_000, Limits.WAITERS_PER_LOCK_MAX));
        }
        for (int from = 0; from < commands.size(); from += 1_000) {
            int to = Math.min(commands.size(), from + 1_000);
            space = space.apply(batch(from + 1, commands.subList(from, to))).next();
        }
        assertThat(space.waiterCount()).isEqualTo(waiters);
        return space;
    }

    private static Entry batch(long sequence, List<Command> commands) {
        return new Entry(0, 0, Optional.of(new Batch(1, sequence, sequence, commands)));
    }

    private static Entry entry(Command command) {
        return batch(1_000_000, List.of(command));
    }

    @Test
    void joiningALongQueueCostsLittleMore() {
        Entry joins = entry(new Command.Enqueue(LOCK, "next", HOLDER, 60_000, Limits.WAITERS_PER_LOCK_MAX));
        assertThat(longQueue.apply(joins).outcomes()).containsExactly(new Outcome.Queued("next", LONG + 1));
        assertCostsLittleMore(joins, joins);
    }

    @Test
    void leavingTheMiddleOfALongQueueCostsLittleMore() {
        Entry fromShort = entry(new Command.ReleaseTicket(LOCK, "w" + SHORT / 2));
        Entry fromLong = entry(new Command.ReleaseTicket(LOCK, "w" + LONG / 2));
        assertThat(longQueue.apply(fromLong).outcomes())
                .containsExactly(new Outcome.Released("w" + LONG / 2, End.CANCELLED));
        assertCostsLittleMore(fromShort, fromLong);
    }

    @Test
    void handingALockOverInALongQueueCostsLittleMore() {
        Entry releases = entry(new Command.ReleaseTicket(LOCK, "holder"));
        assertThat(longQueue.apply(releases).events()).hasSize(2);
        assertCostsLittleMore(releases, releases);
    }

    @Test
    void expiryInALongQueueCostsLittleMore() {
        Entry tick = new Entry(60_000, 0, Optional.empty());
        assertThat(longQueue.apply(tick).events()).hasSize(2);
        assertCostsLittleMore(tick, tick);
    }

    @Test
    void tellingAPositionInALongQueueCostsLittleMore() {
        Cost near = cost(() -> shortQueue.lock(LOCK).orElseThrow().find("w" + SHORT / 2));
        Cost far = cost(() -> longQueue.lock(LOCK).orElseThrow().find("w" + LONG / 2));
        assertLittleMore(near, far);
    }

    private static void assertCostsLittleMore(Entry toShort, Entry toLong) {
        Cost near = cost(() -> shortQueue.apply(toShort));
        assertLittleMore(near, cost(() -> longQueue.apply(toLong)));
        Applied middling = middlingQueue.apply(toShort);
        assertThat(middling.next().lockCount()).isEqualTo(1);
        assertLittleMore(near, cost(() -> middlingQueue.apply(toShort)));
    }

    private static void assertLittleMore(Cost near, Cost far) {
        assertThat((double) far.bytes).as("bytes").isLessThan(BYTES_RATIO_MAX * near.bytes);
        assertThat((double) far.nanos).as("nanoseconds").isLessThan(NANOS_RATIO_MAX * near.nanos);
    }

    private record Cost(long bytes, long nanos) {}

    /** Medians of many, after as many to warm up. */
    private static Cost cost(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] bytes = new long[ROUNDS];
        long[] nanos = new long[ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            long nanosBefore = System.nanoTime();
            action.run();
            int slot = Math.max(0, round);
            nanos[slot] = System.nanoTime() - nanosBefore;
            bytes[slot] = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
        }
        Arrays.sort(bytes);
        Arrays.sort(nanos);
        return new Cost(Math.max(1, bytes[ROUNDS / 2]), Math.max(1, nanos[ROUNDS / 2]));
    }
}
