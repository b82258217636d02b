package io.lockgrid.node.raft;

import io.lockgrid.node.FatalHandler;
import io.lockgrid.node.clock.LeaderClock;
import io.lockgrid.statemachine.Applied;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.codec.EntryCodec;
import io.lockgrid.statemachine.codec.ReplyCodec;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules as Ratis sees them: stamps an entry on the leader, applies entries in log order on every node, and keeps
 * snapshots. All decisions are {@link LockSpace#apply}'s.
 *
 * <p>Threads, as Ratis calls: {@code startTransaction} and {@code preAppendTransaction} on the submitting thread, the
 * second under the lock of the log; apply, {@code reinitialize} and {@code takeSnapshot} on its updater thread; leader
 * events under the lock of the division. None of them blocks.
 */
public final class LockStateMachine extends BaseStateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(LockStateMachine.class);

    /** What follows the log; called on the thread that applies, must hand over at once. */
    public interface Observer {
        /**
         * An entry was applied; {@code events} are what it did.
         *
         * @return whether each ticket that was granted had somebody here who waited for it
         */
        boolean applied(LockSpace space, List<Event> events, long index);

        /** A snapshot took the place of all entries up to {@code index}: what they did is not told. */
        void replaced(LockSpace space, long index);

        /** Another leader is known, or none is, or this node became ready to lead. */
        void leadershipChanged();
    }

    /**
     * The lock space and where in the log it stands.
     *
     * @param index of the last entry in it, -1 before the first
     */
    public record Position(LockSpace space, long term, long index) {}

    private final LeaderClock clock;
    private final WallClock wallClock;
    private final Observer observer;
    private final FatalHandler fatal;
    private final SnapshotStore store = new SnapshotStore();
    private final SnapshotTaker snapshots;
    private volatile @Nullable LeaderLog leaderLog;
    private volatile @Nullable IOException loadFailure;
    private volatile Position position = new Position(LockSpace.empty(), 0, RaftLog.INVALID_LOG_INDEX);

    /** What the leader keeps of an entry between its stamp and its application, beside the bytes in the log. */
    private record Stamped(LeaderClock.Stamp stamp, Entry entry, EntryMessage message) {}

    /** The wall clock, which only people read. */
    public interface WallClock {
        /** Milliseconds since 1970. */
        long millis();
    }

    LockStateMachine(
            LeaderClock clock, WallClock wallClock, Observer observer, FatalHandler fatal, long snapshotEntries) {
        this.clock = clock;
        this.wallClock = wallClock;
        this.observer = observer;
        this.fatal = fatal;
        this.snapshots = new SnapshotTaker(store, snapshotEntries);
    }

    /** The lock space now. Any thread. */
    public Position position() {
        return position;
    }

    /** Length of the newest snapshot, 0 if there is none. */
    long snapshotBytes() {
        SnapshotInfo newest = store.latest();
        return newest == null
                ? 0
                : newest.getFiles().stream().mapToLong(FileInfo::getFileSize).sum();
    }

    /** Takes and keeps snapshots. */
    SnapshotTaker snapshots() {
        return snapshots;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage storage) throws IOException {
        super.initialize(server, groupId, storage);
        getLifeCycle()
                .startAndTransition(
                        () -> {
                            store.init(storage);
                            loadSnapshot();
                        },
                        IOException.class);
    }

    /** Why the snapshot could not be read at the start, or null. */
    @Nullable
    IOException loadFailure() {
        return loadFailure;
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return store.ratisStorage();
    }

    /** A snapshot is about to be installed over the state. Ratis asserts PAUSED before it reloads. */
    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        try {
            loadSnapshot();
        } catch (IOException e) {
            fatal.fatal("an installed snapshot cannot be used: " + e.getMessage(), e);
            throw e;
        }
        getLifeCycle().startAndTransition(() -> {}, IOException.class);
    }

    /** What did not pass through {@link LeaderLog}, which reads it, is refused: no node might be able to apply it. */
    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
        var context = TransactionContext.newBuilder().setStateMachine(this).setClientRequest(request);
        Optional<LeaderClock.Stamp> stamp = clock.now();
        if (stamp.isEmpty()) {
            return refused(context, "this node is not a ready leader");
        }
        if (!(request.getMessage() instanceof EntryMessage message)) {
            return refused(context, "entries are written by the leader itself");
        }
        Entry entry = new Entry(stamp.get().millis(), wallClock.millis(), message.batches());
        return context.setLogData(UnsafeByteOperations.unsafeWrap(EntryCodec.encode(entry)))
                .setStateMachineContext(new Stamped(stamp.get(), entry, message))
                .build();
    }

    private static TransactionContext refused(TransactionContext.Builder context, String why) {
        TransactionContext refused = context.build();
        refused.setException(new StateMachineException(why, false));
        return refused;
    }

    /** A stamp of an earlier time of leading may be ahead of the cluster's: such an entry is not appended. */
    @Override
    public TransactionContext preAppendTransaction(TransactionContext context) throws IOException {
        if (!(context.getStateMachineContext() instanceof Stamped stamped) || !clock.isCurrent(stamped.stamp())) {
            throw new StateMachineException("this node lost its leadership meanwhile", false);
        }
        stamped.message().markAppended();
        return context;
    }

    /** A batch of another node, whose bytes these are; Ratis asks only a ready leader. */
    @Override
    public CompletableFuture<Message> query(Message batch) {
        return leaderLog().append(batch.getContent());
    }

    private LeaderLog leaderLog() {
        return Objects.requireNonNull(leaderLog, "set before the server starts");
    }

    /** Where the batches of other nodes go. To be told before the server is started. */
    void leaderLog(LeaderLog log) {
        leaderLog = log;
    }

    /** Never fails for an entry: every node would fail alike. What cannot be applied ends this node instead. */
    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext context) {
        LogEntryProto entry = Objects.requireNonNull(context.getLogEntry());
        try {
            return CompletableFuture.completedFuture(apply(entry, context.getStateMachineContext()));
        } catch (RuntimeException e) {
            fatal.fatal("log entry " + entry.getIndex() + " cannot be applied: " + e.getMessage(), e);
            throw e;
        }
    }

    private Message apply(LogEntryProto entry, @Nullable Object context) {
        ByteString data = entry.getStateMachineLogEntry().getLogData();
        Entry decoded =
                context instanceof Stamped stamped ? stamped.entry() : EntryCodec.decode(data.asReadOnlyByteBuffer());
        Applied applied = position.space().apply(decoded);
        boolean allAwaitedHere =
                advance(applied.next(), applied.events(), entry.getTerm(), entry.getIndex(), data.size());
        if (context instanceof Stamped && applied.handsOver() && !allAwaitedHere) {
            leaderLog().tellFollowers();
        }
        var reply = new ReplyCodec.Reply(
                entry.getIndex(), entry.getTerm(), applied.next().clusterTimeMillis(), applied.outcomes());
        return new AppliedMessage(reply);
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        advance(position.space(), List.of(), term, index, 0);
    }

    /** The index of the newest durable snapshot; the writing itself does not stop the log. */
    @Override
    public long takeSnapshot() {
        return store.publish();
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return store.latest();
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
        observer.leadershipChanged();
    }

    @Override
    public void notifyLeaderReady() {
        clock.start(position.space().clusterTimeMillis());
        LOG.info("leading from log index {}", position.index());
        observer.leadershipChanged();
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pending) {
        clock.stop();
        observer.leadershipChanged();
    }

    @Override
    public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
        fatal.fatal("the log cannot be written: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        snapshots.close();
    }

    private boolean advance(LockSpace space, List<Event> events, long term, long index, int entryBytes) {
        position = new Position(space, term, index);
        updateLastAppliedTermIndex(term, index);
        snapshots.applied(position, entryBytes);
        return observer.applied(space, events, index);
    }

    private void loadSnapshot() throws IOException {
        Optional<SnapshotStore.Loaded> loaded;
        try {
            loaded = store.load();
        } catch (IOException e) {
            loadFailure = e;
            throw e;
        }
        if (loaded.isEmpty()) {
            return;
        }
        TermIndex at = loaded.get().at();
        position = new Position(loaded.get().space(), at.getTerm(), at.getIndex());
        setLastAppliedTermIndex(at);
        snapshots.loaded(at.getIndex());
        observer.replaced(position.space(), position.index());
    }
}
