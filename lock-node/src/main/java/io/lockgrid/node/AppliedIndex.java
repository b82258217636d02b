package io.lockgrid.node;

import io.lockgrid.statemachine.service.SubmitException;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Lets readers wait until this node has applied the log up to an index. Any thread. */
final class AppliedIndex {
    /** How long a reader waits for this node to catch up, in ms: longer than a pause of a busy machine. */
    private static final long WAIT_MILLIS_MAX = 3_000;

    private record Waiter(long index, CompletableFuture<Long> reached) {}

    private final Executor executor;
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>(Comparator.comparingLong(Waiter::index));
    private long applied = -1;
    private boolean closed;

    /**
     * Makes one at the beginning of the log.
     *
     * @param executor where waiters are told, never the thread that applies
     */
    AppliedIndex(Executor executor) {
        this.executor = executor;
    }

    /** Completes when {@code index} is applied; at once on the leader, whose answers come after it applied. */
    synchronized CompletionStage<Long> reached(long index) {
        if (applied >= index) {
            return CompletableFuture.completedFuture(index);
        }
        if (closed) {
            return CompletableFuture.failedFuture(new SubmitException.NotSent("this node is stopping"));
        }
        Waiter waiter = new Waiter(index, new CompletableFuture<>());
        waiters.add(waiter);
        // Cut off right after the barrier, this node may never get there; a reader can ask another one.
        CompletableFuture.delayedExecutor(WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS, executor)
                .execute(() -> giveUp(waiter));
        return waiter.reached();
    }

    private void giveUp(Waiter waiter) {
        if (waiter.reached().isDone()) {
            return;
        }
        synchronized (this) {
            waiters.remove(waiter);
        }
        waiter.reached().completeExceptionally(new SubmitException.NotSent("this node is behind the others"));
    }

    /** Whether a reader waits. */
    synchronized boolean isWaitedFor() {
        return !waiters.isEmpty();
    }

    /** An entry was applied; on the thread that applies. */
    synchronized void advance(long index) {
        applied = Math.max(applied, index);
        for (Waiter next = waiters.peek(); next != null && next.index() <= applied; next = waiters.peek()) {
            Waiter due = waiters.remove();
            executor.execute(() -> due.reached().complete(due.index()));
        }
    }

    synchronized void close() {
        closed = true;
        for (Waiter waiter : waiters) {
            waiter.reached().completeExceptionally(new SubmitException.NotSent("this node is stopping"));
        }
        waiters.clear();
    }
}
