package io.lockgrid.node.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.http.tls.TlsKeys;
import io.lockgrid.node.PeerList;
import io.lockgrid.node.TestGrid;
import io.lockgrid.node.clock.LeaderClock;
import io.lockgrid.node.raft.LockStateMachine.Observer;
import io.lockgrid.node.raft.LogSender.Sent;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.codec.ReplyCodec.Reply;
import io.lockgrid.statemachine.service.NodeStatus.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Members of one Raft group in this process, without the pipeline and the APIs: the log can be filled at full speed.
 */
final class MemberGrid implements AutoCloseable {
    static final String CLUSTER = "test";

    private static final int UNANSWERED_MAX = LeaderLog.IN_FLIGHT_MAX;
    private static final Pattern SEGMENT = Pattern.compile("log_(?:inprogress_)?(\\d+)(?:-\\d+)?");
    private static final Pattern SNAPSHOT = Pattern.compile("snapshot\\.\\d+_(\\d+)");

    private static final Pattern UNFINISHED_SNAPSHOT = Pattern.compile("snapshot\\.\\d+_(\\d+)\\.tmp");

    final PeerList peers;
    private final Path folder;
    private final long snapshotEntries;
    private Function<String, @Nullable TlsKeys> peerKeys = id -> null;
    private final Map<String, RaftMember> members = new TreeMap<>();
    final Map<String, AtomicInteger> snapshotsLoaded = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    final Map<String, String> fatal = new ConcurrentHashMap<>();
    private final AtomicLong origins = new AtomicLong();

    MemberGrid(int size, Path folder, long snapshotEntries) {
        this.peers = TestGrid.freePeers(size);
        this.folder = folder;
        this.snapshotEntries = snapshotEntries;
    }

    /** For members that are started from now on. */
    void peerKeys(Function<String, @Nullable TlsKeys> keysOfId) {
        peerKeys = keysOfId;
    }

    void startAll() throws IOException {
        for (PeerList.Peer peer : peers.peers()) {
            start(peer.id());
        }
        awaitLeader();
    }

    void start(String id) throws IOException {
        var config = new RaftMember.Config(
                CLUSTER, id, peers, folder.resolve(id), Duration.ofMillis(500), peerKeys.apply(id), snapshotEntries, 0);
        RaftMember member = RaftMember.start(
                config, new LeaderClock(System::nanoTime), new Jumps(id), (what, cause) -> fatal.put(id, what));
        members.put(id, member);
    }

    /** Starts a member that applies one entry at most until the gate is open. */
    void startHeldBack(String id, CountDownLatch gate) throws IOException {
        gates.put(id, gate);
        start(id);
    }

    void stop(String id) throws IOException {
        members.remove(id).close();
    }

    RaftMember member(String id) {
        return members.get(id);
    }

    String awaitLeader() {
        TestGrid.await("a ready leader", () -> members.values().stream().anyMatch(RaftMember::isReadyLeader));
        return members.entrySet().stream()
                .filter(member -> member.getValue().isReadyLeader())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(this::awaitLeader);
    }

    String anyFollower() {
        awaitLeader();
        return members.entrySet().stream()
                .filter(member -> member.getValue().role() == Role.FOLLOWER)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** A leader of another term, in whose term the log goes on in another file. */
    String changeLeader() {
        String before = awaitLeader();
        TestGrid.await("another leader", () -> {
            member(before).handOverLeadership();
            return member(before).role() != Role.LEADER;
        });
        return awaitLeader();
    }

    /**
     * Appends so many entries without commands, never so many at once that they would share an entry, and waits until
     * they are applied on the leader.
     */
    void appendEntries(int count) throws InterruptedException {
        RaftMember leader = member(awaitLeader());
        Semaphore unanswered = new Semaphore(UNANSWERED_MAX);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            unanswered.acquire();
            leader.sender().send(Optional.empty()).thenAccept(sent -> {
                if (!(sent instanceof Sent.Applied)) {
                    failed.incrementAndGet();
                }
                unanswered.release();
            });
        }
        assertThat(unanswered.tryAcquire(UNANSWERED_MAX, 30, TimeUnit.SECONDS)).isTrue();
        assertThat(failed).hasValue(0);
    }

    Outcome run(Command command) throws Exception {
        return run(List.of(command)).outcomes().getFirst();
    }

    Reply run(List<Command> commands) throws Exception {
        Batch batch = new Batch(origins.incrementAndGet(), 1, 1, commands);
        CompletableFuture<Sent> sent =
                member(awaitLeader()).sender().send(Optional.of(batch)).toCompletableFuture();
        return ((Sent.Applied) sent.get(30, TimeUnit.SECONDS)).reply();
    }

    /** Waits until all members that run have applied the same entries. */
    void awaitSameEverywhere() {
        TestGrid.await(
                "the same log index on " + members.keySet(),
                () -> members.values().stream()
                                .map(member -> member.position().index())
                                .distinct()
                                .count()
                        == 1);
    }

    /** Log indexes of the snapshots on disk, in ascending order. */
    List<Long> snapshots(String id) {
        return numbers(id, SNAPSHOT);
    }

    /** The first log index that is still on disk. */
    long firstLogIndex(String id) {
        return numbers(id, SEGMENT).getFirst();
    }

    /** Whether a snapshot has been begun and is not there yet. */
    boolean isWritingSnapshot(String id) {
        return !numbers(id, UNFINISHED_SNAPSHOT).isEmpty();
    }

    private List<Long> numbers(String id, Pattern name) {
        try (Stream<Path> files = Files.walk(folder.resolve(id))) {
            return files.map(file -> name.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(match -> Long.parseLong(match.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return numbers(id, name); // A file was renamed or deleted meanwhile.
        }
    }

    @Override
    public void close() {
        TestGrid.inParallel(List.copyOf(members.values()), RaftMember::close);
        members.clear();
    }

    /** Counts the snapshots that take the place of entries, and waits at the gate if there is one. */
    private final class Jumps implements Observer {
        private final AtomicInteger jumps;
        private final CountDownLatch gate;

        Jumps(String id) {
            jumps = snapshotsLoaded.computeIfAbsent(id, any -> new AtomicInteger());
            gate = gates.getOrDefault(id, new CountDownLatch(0));
        }

        @Override
        public boolean applied(LockSpace space, List<Event> events, long index) {
            follow();
            return false;
        }

        @Override
        public void replaced(LockSpace space, long index) {
            jumps.incrementAndGet();
            follow();
        }

        private void follow() {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void leadershipChanged() {
            // Nobody here waits for it.
        }
    }
}
