package io.lockgrid.testkit.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients that go on until they are told to end. */
public final class Load implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("client-", 1).daemon(true).factory());
    private final List<Future<?>> clients = new ArrayList<>();
    private final AtomicBoolean ending = new AtomicBoolean();

    /** Starts a client that goes from lock to lock. */
    public void start(LockClient client, List<String> lockNames) {
        start(client, lockNames, new Random());
    }

    /** Starts a client that goes from lock to lock, chosen by {@code random}, which is its own. */
    public void start(LockClient client, List<String> lockNames, Random random) {
        repeat(() -> client.cycle(lockNames.get(random.nextInt(lockNames.size()))));
    }

    /** Repeats something until the end. */
    public void repeat(Runnable cycle) {
        clients.add(threads.submit(() -> {
            while (!ending.get()) {
                cycle.run();
            }
        }));
    }

    /** Fails if a client has failed already. */
    public void check() {
        for (Future<?> client : clients) {
            if (client.state() == Future.State.FAILED) {
                throw new AssertionError("a client failed", client.exceptionNow());
            }
        }
    }

    /** Lets every client finish its cycle. */
    public void end() {
        ending.set(true);
        for (Future<?> client : clients) {
            try {
                client.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            } catch (ExecutionException e) {
                throw new AssertionError("a client failed", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        ending.set(true);
        threads.shutdownNow();
    }
}
