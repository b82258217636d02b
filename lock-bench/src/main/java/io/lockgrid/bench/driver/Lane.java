package io.lockgrid.bench.driver;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One event loop, the clients of which share it and its recording. All is called on that loop. */
public final class Lane {
    private final EventLoop loop;
    private final Recording recording = new Recording();

    Lane(EventLoop loop) {
        this.loop = loop;
    }

    /** The loop. */
    public EventLoop loop() {
        return loop;
    }

    /** Takes the time of a step, which counts if it succeeds. */
    public <T> CompletableFuture<T> timed(String operation, Supplier<CompletableFuture<T>> step) {
        long begin = System.nanoTime();
        return step.get().whenComplete((done, failure) -> {
            if (failure == null) {
                record(operation, System.nanoTime() - begin);
            }
        });
    }

    /** Notes that a step took so long. */
    public void record(String operation, long nanos) {
        recording.record(operation, nanos);
    }

    /** Does a task later, to about a millisecond. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void later(long nanos, Runnable task) {
        loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** Completes later, to about a millisecond; at once if that is now. */
    public CompletableFuture<?> pause(long nanos) {
        var over = new CompletableFuture<Void>();
        if (nanos <= 0) {
            over.complete(null);
        } else {
            later(nanos, () -> over.complete(null));
        }
        return over;
    }

    Recording recording() {
        return recording;
    }
}
