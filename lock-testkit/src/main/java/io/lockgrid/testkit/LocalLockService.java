package io.lockgrid.testkit;

import io.lockgrid.statemachine.Applied;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.NodeStatus;
import io.lockgrid.statemachine.service.SubmitException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The lock service without a log: each command is an entry of its own and is applied at once, by the real rules. For
 * tests of what stands in front of the log. Any thread may use it.
 *
 * <p>Time stands still until the test moves it: clusterTime and the wall clock both advance by {@link #advance} only,
 * the wall clock from {@link #WALL_START}. Indexes count up from 1, the term is 1.
 */
public final class LocalLockService implements LockService {
    /** Wall time of the first entry. */
    public static final Instant WALL_START = Instant.parse("2026-01-01T00:00:00Z");

    private static final long ORIGIN = 1;
    private static final long TERM = 1;

    private record Wait(LockName lock, String ticket, CompletableFuture<View> over) {}

    private final List<Wait> waits = new ArrayList<>();
    private LockSpace space = LockSpace.empty();
    private long elapsedMillis;
    private long index;
    private long batches;
    private int submissions;
    private int reads;
    private String notReady = "";
    private Members members = new Members(1, 1);

    @Override
    public synchronized CompletionStage<Answer> submit(Command command) {
        submissions++;
        batches++;
        Applied applied = apply(Optional.of(new Batch(ORIGIN, batches, batches, List.of(command))));
        Answer answer = new Answer(applied.outcomes().getFirst(), index, TERM, space.clusterTimeMillis());
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public synchronized CompletionStage<View> read() {
        reads++;
        return CompletableFuture.completedFuture(view());
    }

    @Override
    public synchronized CompletionStage<View> at(long entry) {
        return CompletableFuture.completedFuture(view());
    }

    private View view() {
        return new View(space, index, TERM);
    }

    @Override
    public synchronized CompletableFuture<View> settled(LockName lock, String ticket) {
        Wait wait = new Wait(lock, ticket, new CompletableFuture<>());
        waits.add(wait);
        tellSettled();
        return wait.over();
    }

    /** Ends every wait with this failure, as a node does that stops. */
    public synchronized void endWaits(SubmitException failure) {
        waits.forEach(wait -> wait.over().completeExceptionally(failure));
    }

    /** How many wait for a ticket. */
    public synchronized int waits() {
        waits.removeIf(wait -> wait.over().isDone());
        return waits.size();
    }

    private void tellSettled() {
        View now = view();
        waits.stream()
                .filter(wait -> !space.isWaiting(wait.lock(), wait.ticket()))
                .forEach(wait -> wait.over().complete(now));
        waits.removeIf(wait -> wait.over().isDone());
    }

    @Override
    public synchronized CompletionStage<Members> members() {
        return CompletableFuture.completedFuture(members);
    }

    /** From now on these are the nodes; nothing else changes. */
    public synchronized void members(int nodes, int reachable) {
        members = new Members(nodes, reachable);
    }

    @Override
    public synchronized NodeStatus status() {
        return new NodeStatus(
                "local",
                NodeStatus.Role.LEADER,
                Optional.of("local"),
                TERM,
                index,
                space,
                notReady.isEmpty(),
                notReady);
    }

    /** Moves both clocks on and applies a tick, so that leases that are due end. */
    public synchronized void advance(Duration step) {
        elapsedMillis += step.toMillis();
        apply(Optional.empty());
    }

    /**
     * From now on the status says that requests are not served, and why; empty means that they are. Nothing else
     * changes.
     */
    public synchronized void notReady(String why) {
        notReady = why;
    }

    /** How many commands have been submitted. */
    public synchronized int submissions() {
        return submissions;
    }

    /** How many reads have been asked for. */
    public synchronized int reads() {
        return reads;
    }

    private Applied apply(Optional<Batch> batch) {
        long wallMillis = WALL_START.toEpochMilli() + elapsedMillis;
        Applied applied = space.apply(new Entry(elapsedMillis, wallMillis, batch));
        space = applied.next();
        index++;
        tellSettled();
        return applied;
    }
}
