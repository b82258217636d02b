package io.lockgrid.node.pipeline;

import io.lockgrid.node.raft.LogSender;
import io.lockgrid.node.raft.LogSender.Sent;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.codec.ReplyCodec.Reply;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.SubmitException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns this node's commands into batches for the log. While fewer than {@link #IN_FLIGHT_MAX} batches are on their way
 * a command is sent at once; else commands gather, and all that gathered go when one returns: batches grow with the
 * load and no timer is needed. Reads that wait share the next batch as their barrier. The leader puts the batches of
 * all nodes together. Renewals that come at more than 200 a second gather for up to {@link #GATHER_NANOS_MAX} unless
 * something else takes them along: nobody's turn waits for them, and those of thousands of locks would cost an entry
 * for every few.
 *
 * <p>A batch keeps its number until it is answered, so it can be sent again after a leader change and is applied once.
 * One that is not answered by its deadline is given up: certainly not applied if it never reached a log, unknown else.
 *
 * <p>Any thread may submit. One thread sends; answers are handed to {@code replies}, never completed on Ratis' threads.
 */
public final class CommandPipeline implements AutoCloseable {
    /** Batches on their way at once. More would make them smaller, which costs more than the wait. */
    static final int IN_FLIGHT_MAX = 4;

    /** Commands of one entry; with names of the longest kind this stays far below Ratis' bound of 4 MB. */
    static final int BATCH_COMMANDS_MAX = 512;

    /**
     * How long after a batch of several commands the next may go, if that has nothing but renewals: so long for each
     * command of the first. At a lower rate this shrinks to nothing, at a higher it grows to its bound.
     */
    static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    static final long GATHER_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(25);

    /** Commands and reads that may wait or be on their way; beyond it callers are told to come back. */
    static final int PENDING_MAX = 16_384;

    /** From a request to its answer or failure. */
    static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(4);

    /** The pause before another try when nothing tells that one would fare better. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Logger LOG = LoggerFactory.getLogger(CommandPipeline.class);

    private final ExecutorService replies;
    private final LongSupplier nanoTime;
    private final LongSupplier origins;
    private final String name;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<PendingCommand> commands = new ArrayDeque<>();
    private final List<CompletableFuture<Long>> reads = new ArrayList<>();
    private final Deque<Flight> flights = new ArrayDeque<>();
    private long readsSinceNanos;
    /** Whether what waits is more than renewals. */
    private boolean isUrgent;

    private long renewalsAtNanos;
    private Origin origin;
    private int pending;
    private boolean closed;

    /**
     * Makes a pipeline that does not send yet.
     *
     * @param replies where answers are completed, in order
     * @param nanoTime monotonic nanoseconds
     * @param origins random numbers that name process lives
     */
    public CommandPipeline(ExecutorService replies, LongSupplier nanoTime, LongSupplier origins, String name) {
        this.name = name;
        this.replies = replies;
        this.nanoTime = nanoTime;
        this.origins = origins;
        this.origin = new Origin(origins.getAsLong());
        this.renewalsAtNanos = nanoTime.getAsLong();
    }

    /** Begins to send. */
    public void start(LogSender sender) {
        Thread.ofPlatform().name(name).daemon(true).start(() -> run(sender));
    }

    /** Sends a command; see {@link io.lockgrid.statemachine.service.LockService#submit}. */
    public CompletionStage<Answer> submit(Command command) {
        var answer = new CompletableFuture<Answer>();
        lock.lock();
        try {
            SubmitException refusal = refusal();
            if (refusal != null) {
                return CompletableFuture.failedFuture(refusal);
            }
            pending++;
            commands.add(new PendingCommand(command, answer, nanoTime.getAsLong() + DEADLINE_NANOS));
            isUrgent |= !(command instanceof Command.Renew) || commands.size() >= BATCH_COMMANDS_MAX;
            if (isUrgent || commands.size() == 1) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        return answer;
    }

    /**
     * Waits for a barrier in the log.
     *
     * @return the log index of an entry that was appended after this call; whoever has applied it has seen all that was
     *     answered before
     */
    public CompletionStage<Long> barrier() {
        var index = new CompletableFuture<Long>();
        lock.lock();
        try {
            SubmitException refusal = refusal();
            if (refusal != null) {
                return CompletableFuture.failedFuture(refusal);
            }
            if (reads.isEmpty()) {
                readsSinceNanos = nanoTime.getAsLong();
            }
            pending++;
            reads.add(index);
            isUrgent = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        return index;
    }

    /** Another leader may be there: what waits for another try is tried now. */
    public void leadershipChanged() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            flights.forEach(flight -> flight.retryNow(now));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Fails all that has no answer yet, and what comes later. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
            commands.forEach(command -> fail(command, notSent("this node is stopping")));
            commands.clear();
            reads.forEach(read -> fail(read, notSent("this node is stopping")));
            reads.clear();
            List.copyOf(flights).forEach(flight -> giveUp(flight, "this node is stopping"));
        } finally {
            lock.unlock();
        }
    }

    private void run(LogSender sender) {
        while (true) {
            Flight flight;
            Optional<Batch> batch;
            lock.lock();
            try {
                flight = awaitFlight();
                if (flight == null) {
                    return;
                }
                batch = flight.batch;
                flight.sending = true;
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            send(sender, flight, batch);
        }
    }

    /** A sender that breaks its promise must not end this thread: nobody would send, or give up, any more. */
    private void send(LogSender sender, Flight flight, Optional<Batch> batch) {
        try {
            sender.send(batch).thenAccept(sent -> landed(flight, sent));
        } catch (RuntimeException e) {
            LOG.error("a batch could not be sent", e);
            landed(flight, new Sent.Unknown(e.toString()));
        }
    }

    /** The next flight to send, new or again; null at the end. */
    private @Nullable Flight awaitFlight() throws InterruptedException {
        while (!closed) {
            long now = nanoTime.getAsLong();
            giveUpOverdue(now);
            for (Flight flight : flights) {
                if (!flight.sending && flight.retryAtNanos - now <= 0) {
                    return flight;
                }
            }
            if (mayTakeOff() && (isUrgent || renewalsAtNanos - now <= 0)) {
                return takeOff(now);
            }
            long wakeAt = nextWakeNanos(now);
            if (wakeAt == Long.MAX_VALUE) {
                changed.await();
            } else {
                changed.awaitNanos(wakeAt - now);
            }
        }
        return null;
    }

    private boolean mayTakeOff() {
        return flights.size() < IN_FLIGHT_MAX && (!commands.isEmpty() || !reads.isEmpty()) && origin.isOpen();
    }

    private Flight takeOff(long now) {
        List<PendingCommand> taken = new ArrayList<>(Math.min(commands.size(), BATCH_COMMANDS_MAX));
        while (taken.size() < BATCH_COMMANDS_MAX && !commands.isEmpty()) {
            taken.add(commands.remove());
        }
        List<CompletableFuture<Long>> waiting = List.copyOf(reads);
        reads.clear();
        // What is left is more than a batch.
        isUrgent = !commands.isEmpty();
        renewalsAtNanos = now + (taken.size() > 1 ? Math.min(taken.size() * GATHER_NANOS, GATHER_NANOS_MAX) : 0);
        long deadline = taken.isEmpty()
                ? readsSinceNanos + DEADLINE_NANOS
                : taken.getFirst().deadlineNanos();
        Flight flight = new Flight(taken, waiting, deadline, now);
        if (!taken.isEmpty()) {
            flight.number(origin);
        }
        flights.add(flight);
        return flight;
    }

    private void landed(Flight flight, Sent sent) {
        lock.lock();
        try {
            flight.sending = false;
            if (flight.isOver) {
                return;
            }
            switch (sent) {
                case Sent.Applied(Reply reply) -> answer(flight, reply);
                case Sent.NotAppended(String why) -> retryLater(flight, why);
                case Sent.Unknown(String why) -> {
                    flight.mayBeInLog = true;
                    retryLater(flight, why);
                }
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void retryLater(Flight flight, String why) {
        flight.lastFailure = why;
        flight.retryAtNanos = nanoTime.getAsLong() + RETRY_NANOS;
    }

    private void answer(Flight flight, Reply reply) {
        if (flight.isForgottenBy(reply)) {
            flight.mayBeInLog = true;
            giveUp(flight, "the grid has forgotten this node's requests");
            leave(flight);
            return;
        }
        end(flight);
        flight.answered();
        replies.execute(() -> flight.complete(reply));
    }

    private void giveUpOverdue(long now) {
        while (!commands.isEmpty() && commands.getFirst().deadlineNanos() - now <= 0) {
            fail(commands.removeFirst(), notSent("no leader took it in time"));
        }
        if (!reads.isEmpty() && readsSinceNanos + DEADLINE_NANOS - now <= 0) {
            reads.forEach(read -> fail(read, notSent("no leader confirmed the read in time")));
            reads.clear();
        }
        for (Flight flight : List.copyOf(flights)) {
            if (flight.deadlineNanos - now <= 0) {
                giveUp(flight, flight.lastFailure);
            }
        }
    }

    /** Ends a flight without an answer. One on its way right now may reach the log yet. */
    private void giveUp(Flight flight, String why) {
        end(flight);
        flight.givenUp();
        if (!origin.isKnown()) {
            // The next batch's floor would be above 1, which the grid takes only from an origin that it knows.
            leave(flight);
        }
        boolean unknown = flight.mayBeInLog || flight.sending;
        SubmitException failure =
                unknown ? new SubmitException.OutcomeUnknown("no quorum answered in time (" + why + ")") : notSent(why);
        replies.execute(() -> flight.fail(failure, notSent(why)));
    }

    /** Later batches are numbered anew, unless they are already. */
    private void leave(Flight flight) {
        if (flight.isOf(origin)) {
            origin = new Origin(origins.getAsLong());
        }
    }

    private void end(Flight flight) {
        flight.isOver = true;
        flights.remove(flight);
        pending -= flight.size();
    }

    private long nextWakeNanos(long now) {
        long wait = mayTakeOff() ? renewalsAtNanos - now : Long.MAX_VALUE;
        if (!commands.isEmpty()) {
            wait = Math.min(wait, commands.getFirst().deadlineNanos() - now);
        }
        if (!reads.isEmpty()) {
            wait = Math.min(wait, readsSinceNanos + DEADLINE_NANOS - now);
        }
        for (Flight flight : flights) {
            wait = Math.min(wait, flight.deadlineNanos - now);
            if (!flight.sending) {
                wait = Math.min(wait, flight.retryAtNanos - now);
            }
        }
        return wait == Long.MAX_VALUE ? wait : now + Math.max(wait, 0);
    }

    private @Nullable SubmitException refusal() {
        if (closed) {
            return notSent("this node is stopping");
        }
        return pending >= PENDING_MAX
                ? new SubmitException.Overloaded(PENDING_MAX + " requests wait for the log already")
                : null;
    }

    private static SubmitException.NotSent notSent(String why) {
        return new SubmitException.NotSent(why);
    }

    private void fail(PendingCommand command, SubmitException failure) {
        pending--;
        replies.execute(() -> command.answer().completeExceptionally(failure));
    }

    private void fail(CompletableFuture<Long> read, SubmitException failure) {
        pending--;
        replies.execute(() -> read.completeExceptionally(failure));
    }
}
