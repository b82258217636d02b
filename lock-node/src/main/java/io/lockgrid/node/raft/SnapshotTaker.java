package io.lockgrid.node.raft;

import io.lockgrid.node.raft.LockStateMachine.Position;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a snapshot every so many entries or bytes of log, on a thread of its own from a held reference: applying goes
 * on meanwhile. When one is durable, {@code onDurable} lets Ratis know, which then purges the log behind it.
 */
final class SnapshotTaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaker.class);

    /** Bytes of log after which a snapshot is due whatever their entries: as many as one of its files has. */
    static final long LOG_BYTES = RaftSettings.LOG_FILE_MAX.getSize();

    private final SnapshotStore store;
    private final long entries;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lockgrid-snapshot").daemon(true).factory());
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile long durableIndex = RaftLog.INVALID_LOG_INDEX;
    private volatile boolean closed;
    /** Used by the updater thread only. */
    private long triedIndex = RaftLog.INVALID_LOG_INDEX;
    /** Of the log since the last try. Used by the updater thread only. */
    private long bytes;

    private volatile Runnable onDurable = () -> {};

    SnapshotTaker(SnapshotStore store, long entries) {
        this.store = store;
        this.entries = entries;
    }

    void onDurable(Runnable action) {
        onDurable = action;
    }

    /** An entry was applied, of so many bytes in the log; on the updater thread. */
    void applied(Position position, int entryBytes) {
        bytes += entryBytes;
        boolean isDue = bytes >= LOG_BYTES || position.index() - Math.max(durableIndex, triedIndex) >= entries;
        if (closed || !isDue || !writing.compareAndSet(false, true)) {
            return;
        }
        triedIndex = position.index();
        bytes = 0;
        writer.execute(() -> {
            try {
                write(position);
                onDurable.run();
            } finally {
                writing.set(false);
            }
        });
    }

    /** A snapshot was read: at the start, or because the leader installed one. */
    void loaded(long index) {
        durableIndex = index;
    }

    /** Writes a snapshot of this position now, lets Ratis know, and waits for it; not while the node stops. */
    void takeNow(Position position) throws InterruptedException {
        if (closed || position.index() <= durableIndex) {
            return;
        }
        try {
            writer.submit(() -> {
                        write(position);
                        onDurable.run();
                    })
                    .get();
        } catch (ExecutionException | RejectedExecutionException e) {
            LOG.warn("no snapshot was taken: {}", e.toString());
        }
    }

    /** Writes a snapshot of this position, unless one is there already, and waits until it is durable. */
    void writeNow(Position position) throws InterruptedException {
        closed = true;
        writer.execute(() -> write(position));
        writer.shutdown();
        if (!writer.awaitTermination(1, TimeUnit.MINUTES)) {
            LOG.warn("the last snapshot was not finished within a minute; the next start replays the log instead");
        }
    }

    @Override
    public void close() {
        closed = true;
        writer.shutdownNow();
    }

    /** A failure leaves the older snapshot and the log in place, so nothing is lost; the next entries try again. */
    private void write(Position position) {
        if (position.index() <= durableIndex) {
            return;
        }
        try {
            long start = System.nanoTime();
            store.write(position.space(), TermIndex.valueOf(position.term(), position.index()));
            durableIndex = Math.max(durableIndex, position.index());
            LOG.debug(
                    "snapshot of {} locks at log index {} in {} ms",
                    position.space().lockCount(),
                    position.index(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (IOException e) {
            LOG.error("the snapshot at log index {} failed", position.index(), e);
        }
    }
}
