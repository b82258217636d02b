package io.lockgrid.testkit.history.check;

import io.lockgrid.statemachine.Applied;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Invocation;
import io.lockgrid.testkit.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The real rules behind a log and a network that are made up, in virtual time: commands share entries, answers come
 * late, are lost, or come from a later entry as after a change of leader.
 */
final class RandomGrid {
    private static final long MILLI = 1_000_000;

    final Random random;
    final History history = new History(this::nanoTime);
    private final double lostShare;
    private final double sentAgainShare;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final List<Waiting> commands = new ArrayList<>();
    private final List<Consumer<View>> reads = new ArrayList<>();
    private LockSpace space = LockSpace.empty();
    private long nowNanos;
    private long number;
    private long index;
    private long batches;
    private boolean isFlushDue;

    private record Event(long at, long number, Runnable what) {}

    private record Waiting(Command command, Consumer<Answer> answer) {}

    /** What came of a command, and from where in the log. */
    record Answer(Outcome outcome, View view) {}

    /** All locks at an index. */
    record View(LockSpace space, long index) {
        long clusterTimeMillis() {
            return space.clusterTimeMillis();
        }
    }

    /** What a call is answered with. */
    record Told(Operation.Outcome outcome, String ticket, long token, int position, View view) {
        static Told ok(long token, View view) {
            return new Told(Operation.Outcome.OK, "", token, 0, view);
        }

        static Told fail(View view) {
            return new Told(Operation.Outcome.FAIL, "", 0, 0, view);
        }
    }

    /**
     * A grid that has just been formed.
     *
     * @param lostShare share of calls whose answer, or that themselves, are lost
     * @param sentAgainShare share of batches whose answer comes from a later entry
     */
    RandomGrid(long seed, double lostShare, double sentAgainShare) {
        this.random = new Random(seed);
        this.lostShare = lostShare;
        this.sentAgainShare = sentAgainShare;
        later(1, 1, this::tick);
    }

    long nanoTime() {
        return nowNanos;
    }

    /** Lets something happen after a random time. */
    void later(int millisMin, int millisMax, Runnable what) {
        long delay = millisMin * MILLI + (long) (random.nextDouble() * (millisMax - millisMin) * MILLI);
        events.add(new Event(nowNanos + Math.max(1, delay), number++, what));
    }

    /** Lets so much time pass. */
    void run(int millis) {
        long end = nowNanos + millis * MILLI;
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.remove();
            nowNanos = event.at();
            event.what().run();
        }
        nowNanos = end;
    }

    private void tick() {
        if (space.nextDeadlineMillis().orElse(Long.MAX_VALUE) <= nowNanos / MILLI) {
            apply(Optional.empty());
        }
        later(5, 15, this::tick);
    }

    private View apply(Optional<Batch> batch) {
        return new View(applied(batch).next(), index);
    }

    private Applied applied(Optional<Batch> batch) {
        Applied applied = space.apply(new Entry(nowNanos / MILLI, nowNanos / MILLI, batch));
        space = applied.next();
        index++;
        return applied;
    }

    /** Sends a command to the log. */
    void submit(Command command, Consumer<Answer> answer) {
        commands.add(new Waiting(command, answer));
        flushSoon();
    }

    /** Reads from the log. */
    void read(Consumer<View> answer) {
        reads.add(answer);
        flushSoon();
    }

    private void flushSoon() {
        if (!isFlushDue) {
            isFlushDue = true;
            later(0, 2, this::flush);
        }
    }

    private void flush() {
        isFlushDue = false;
        List<Waiting> batch = List.copyOf(commands);
        commands.clear();
        List<Consumer<View>> readers = List.copyOf(reads);
        reads.clear();
        batches += batch.isEmpty() ? 0 : 1;
        Applied applied = applied(
                batch.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Batch(
                                1,
                                batches,
                                batches,
                                batch.stream().map(Waiting::command).toList())));
        View view = new View(space, index);
        boolean isSentAgain = random.nextDouble() < sentAgainShare;
        for (int i = 0; i < batch.size(); i++) {
            Consumer<Answer> answer = batch.get(i).answer();
            Outcome outcome = applied.outcomes().get(i);
            if (isSentAgain) {
                later(20, 60, () -> answer.accept(new Answer(outcome, apply(Optional.empty()))));
            } else {
                answer.accept(new Answer(outcome, view));
            }
        }
        readers.forEach(reader -> reader.accept(view));
    }

    /**
     * Makes a call, whose answer or which itself may be lost on the way; a few are turned away before the log.
     *
     * @param server takes the call, and answers it once
     * @param then gets what was recorded
     */
    void call(Invocation call, Consumer<Consumer<Told>> server, Consumer<Operation> then) {
        if (random.nextDouble() < lostShare / 2) {
            later(1, 50, () -> then.accept(call.failed(Operation.Outcome.NOT_SENT, 503)));
            return;
        }
        boolean isLost = random.nextDouble() < lostShare;
        boolean arrives = !isLost || random.nextBoolean();
        int delayMax = isLost && random.nextInt(4) == 0 ? 400 : 3;
        if (arrives) {
            later(
                    0,
                    delayMax,
                    () -> server.accept(told -> {
                        if (!isLost) {
                            later(0, 3, () -> then.accept(returned(call, told)));
                        }
                    }));
        }
        if (isLost) {
            later(50, 200, () -> then.accept(call.failed(Operation.Outcome.UNKNOWN, 0)));
        }
    }

    private static Operation returned(Invocation call, Told told) {
        return call.at(told.view().clusterTimeMillis())
                .waitingAt(told.position())
                .returned(
                        told.outcome(),
                        200,
                        told.ticket(),
                        told.token(),
                        told.view().index());
    }
}
