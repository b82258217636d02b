package io.lockgrid.node;

import io.lockgrid.node.raft.RaftMember;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends the node when Raft has stopped under it. Ratis closes itself after an error of its own or a pause of the process
 * of a minute, and says so nowhere: the process would live on, and serve nothing.
 */
final class Watchdog implements AutoCloseable {
    private static final long PERIOD_MILLIS = 500;

    private final RaftMember member;
    private final FatalHandler fatal;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lockgrid-watchdog").daemon(true).factory());

    Watchdog(RaftMember member, FatalHandler fatal) {
        this.member = member;
        this.fatal = fatal;
    }

    void start() {
        var unused = timer.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!member.isAlive()) {
            timer.shutdown();
            fatal.fatal("Raft has stopped", new IllegalStateException("the division is not alive"));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
