package io.lockgrid.node;

import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.service.LockService.View;
import io.lockgrid.statemachine.service.SubmitException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for a ticket to leave its queue; told when this node applies the entry that grants or ends it, and
 * only then, so that a hand-over costs the same however many wait for their turn. Any thread.
 */
final class TicketWaits {
    private record Key(LockName lock, String ticket) {}

    /** One who waits; equal to no other. */
    private static final class Wait {
        final CompletableFuture<View> over = new CompletableFuture<>();
    }

    private final Executor executor;
    private final Supplier<View> here;
    private final Map<Key, Set<Wait>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Makes one in which nobody waits.
     *
     * @param executor where those who wait are told, never the thread that applies
     * @param here the value as far as this node has applied the log
     */
    TicketWaits(Executor executor, Supplier<View> here) {
        this.executor = executor;
        this.here = here;
    }

    /** As {@link io.lockgrid.statemachine.service.LockService#settled}. */
    CompletableFuture<View> settled(LockName lock, String ticket) {
        Key key = new Key(lock, ticket);
        Wait wait = new Wait();
        waiting.compute(key, (same, others) -> with(others, wait));
        var unused = wait.over.whenComplete(
                (view, error) -> waiting.computeIfPresent(key, (same, others) -> without(others, wait)));
        // Looked at once the wait can be found: an entry that is not in this value yet will find it.
        View now = here.get();
        if (!now.space().isWaiting(lock, ticket)) {
            wait.over.complete(now);
        }
        if (closed) {
            wait.over.completeExceptionally(stopping());
        }
        return wait.over;
    }

    /**
     * An entry was applied, and the value here is after it; on the thread that applies. Next to nothing while nobody
     * waits, else a look-up for each ticket that was granted or ended.
     *
     * @return whether somebody waited here for each ticket that was granted
     */
    boolean applied(List<Event> events) {
        if (waiting.isEmpty()) {
            return false;
        }
        boolean allHere = true;
        List<Wait> due = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.Granted || event instanceof Event.Ended) {
                Set<Wait> waits = take(new Key(event.lock(), event.ticket()));
                due.addAll(waits);
                allHere &= event instanceof Event.Ended || !waits.isEmpty();
            }
        }
        tell(due);
        return allHere;
    }

    /** The value here is another, and nobody knows what happened on the way to it; on the thread that applies. */
    void replaced() {
        if (waiting.isEmpty()) {
            return;
        }
        executor.execute(() -> {
            View now = here.get();
            for (Key key : waiting.keySet()) {
                if (!now.space().isWaiting(key.lock(), key.ticket())) {
                    take(key).forEach(wait -> wait.over.complete(now));
                }
            }
        });
    }

    /** From what is known when they are told: on a node that catches up, a grant may be over by then. */
    private void tell(List<Wait> due) {
        if (!due.isEmpty()) {
            executor.execute(() -> {
                View now = here.get();
                due.forEach(wait -> wait.over.complete(now));
            });
        }
    }

    /** Nobody waits from now on. */
    void close() {
        closed = true;
        for (Key key : waiting.keySet()) {
            take(key).forEach(wait -> wait.over.completeExceptionally(stopping()));
        }
    }

    /** For how many tickets somebody waits. */
    int size() {
        return waiting.size();
    }

    private Set<Wait> take(Key key) {
        Set<Wait> waits = waiting.remove(key);
        return waits == null ? Set.of() : waits;
    }

    private static Set<Wait> with(@Nullable Set<Wait> others, Wait wait) {
        Set<Wait> all = others == null ? new HashSet<>() : others;
        all.add(wait);
        return all;
    }

    private static @Nullable Set<Wait> without(Set<Wait> waits, Wait wait) {
        waits.remove(wait);
        return waits.isEmpty() ? null : waits;
    }

    private static SubmitException stopping() {
        return new SubmitException.NotSent("this node is stopping");
    }
}
