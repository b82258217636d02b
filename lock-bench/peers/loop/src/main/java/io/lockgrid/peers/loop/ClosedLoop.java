package io.lockgrid.peers.loop;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Each client takes its lock, lets go of it, and begins again; a platform thread for each, since the libraries block,
 * and one of them was seen to hang on virtual ones.
 */
public final class ClosedLoop {
    private static final int ERRORS_MAX = 100;
    private static final Duration END_MAX = Duration.ofSeconds(20);

    private final Plan plan;
    private final Peer peer;
    private final Measures measures = new Measures();
    private final CountDownLatch broken = new CountDownLatch(1);
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicReference<Throwable> firstError = new AtomicReference<>();
    private volatile boolean ended;

    private ClosedLoop(Plan plan, Peer peer) {
        this.plan = plan;
        this.peer = peer;
    }

    /** How the services are reached, given what the run was told. */
    @FunctionalInterface
    public interface Opener {
        /** Connects. */
        Peer open(Plan plan) throws Exception;
    }

    /** Runs what the command line says, writes the result as JSON, and ends the process. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments, Opener opener) throws Exception {
        Plan plan = Plan.parse(arguments);
        ClosedLoop loop = new ClosedLoop(plan, opener.open(plan));
        String result = loop.run();
        if (loop.errors.get() > 0) {
            System.err.println(loop.errors.get() + " errors, the first: " + loop.firstError.get());
        }
        Files.writeString(plan.json(), result);
        // Some libraries keep threads that would not let the process end.
        System.exit(loop.errors.get() < ERRORS_MAX ? 0 : 1);
    }

    private String run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < plan.clients(); i++) {
            int client = i;
            threads.add(Thread.ofPlatform().daemon().start(() -> work(client)));
        }
        broken.await(plan.warmup().toMillis(), TimeUnit.MILLISECONDS);
        Duration serversBefore = cpu(plan.pids());
        Duration ownBefore = cpu(List.of(ProcessHandle.current().pid()));
        measures.begin();
        broken.await(plan.window().toMillis(), TimeUnit.MILLISECONDS);
        measures.end();
        Duration servers = cpu(plan.pids()).minus(serversBefore);
        Duration own = cpu(List.of(ProcessHandle.current().pid())).minus(ownBefore);
        ended = true;
        long deadline = System.nanoTime() + END_MAX.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        return measures.json(errors.get(), servers, own);
    }

    private void work(int client) {
        try {
            // Names of this run only, since the servers outlive it.
            String lock = "bench-" + ProcessHandle.current().pid() + (plan.hot() ? "-hot" : "-" + client);
            Peer.Mutex mutex = peer.mutex(lock, client);
            while (!ended) {
                cycle(mutex);
            }
        } catch (Exception e) {
            fail(e, ERRORS_MAX);
        }
    }

    private void cycle(Peer.Mutex mutex) {
        try {
            long start = System.nanoTime();
            mutex.acquire();
            long held = System.nanoTime();
            measures.acquired(start, held, plan.hot());
            long letGo = System.nanoTime();
            measures.releasing(letGo);
            mutex.release();
            measures.released(start, letGo, System.nanoTime());
        } catch (Exception e) {
            fail(e, 1);
        }
    }

    private void fail(Exception e, int weight) {
        if (ended) {
            return;
        }
        firstError.compareAndSet(null, e);
        if (errors.addAndGet(weight) >= ERRORS_MAX) {
            ended = true;
            broken.countDown();
        }
    }

    private static Duration cpu(Collection<Long> pids) {
        return pids.stream()
                .map(ProcessHandle::of)
                .flatMap(Optional::stream)
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
