package io.lockgrid.node;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.NodeStatus;
import io.lockgrid.statemachine.service.NodeStatus.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;

/** Nodes of one cluster in this process, over real sockets and real files. Nodes are named n1, n2, … */
public final class TestGrid implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PeerList peers;
    private final Path folder;
    private final long snapshotEntries;
    private Duration electionTimeout = Duration.ofMillis(500);
    private int httpPort;
    private @Nullable Path peerTls;
    private final Map<String, DiskWatch.Disk> disks = new HashMap<>();
    private final Map<String, LockNode> nodes = new TreeMap<>();
    final Map<String, String> fatal = new ConcurrentHashMap<>();

    private TestGrid(PeerList peers, Path folder, long snapshotEntries) {
        this.peers = peers;
        this.folder = folder;
        this.snapshotEntries = snapshotEntries;
    }

    /** Makes a cluster that is not started, with a snapshot every {@code snapshotEntries} and no log kept behind it. */
    static TestGrid of(int size, Path folder, long snapshotEntries) {
        return new TestGrid(freePeers(size), folder, snapshotEntries);
    }

    /** Nodes at ports that nobody uses right now. */
    public static PeerList freePeers(int size) {
        List<Integer> ports = freePorts(size);
        String list = IntStream.rangeClosed(1, size)
                .mapToObj(i -> "n" + i + "=127.0.0.1:" + ports.get(i - 1))
                .collect(Collectors.joining(","));
        return PeerList.parse(list);
    }

    /** A cluster of the same nodes at the same addresses, over other folders. */
    TestGrid over(Path otherFolder) {
        return new TestGrid(peers, otherFolder, snapshotEntries);
    }

    /** For nodes that are started from now on. */
    TestGrid electionTimeout(Duration timeout) {
        electionTimeout = timeout;
        return this;
    }

    /** For nodes that are started from now on: a folder with {@code ca.crt}, and {@code n1.crt}, {@code n1.key}, … */
    TestGrid peerTls(Path certificates) {
        peerTls = certificates;
        return this;
    }

    /** For nodes that are started from now on; 0, as it is at first, lets each choose one. */
    void httpPort(int port) {
        httpPort = port;
    }

    /** Starts a cluster and waits until it has a leader. */
    static TestGrid started(int size, Path folder) {
        TestGrid grid = of(size, folder, NodeConfig.SNAPSHOT_ENTRIES);
        grid.startAll();
        grid.awaitLeader();
        return grid;
    }

    void startAll() {
        peers.peers().forEach(peer -> start(peer.id()));
    }

    LockNode start(String id) {
        LockNode node = LockNode.start(
                config(id), (what, cause) -> fatal.put(id, what), disks.getOrDefault(id, DiskWatch.Disk.of(folder)));
        nodes.put(id, node);
        return node;
    }

    /** How much room a node that is started from now on finds. */
    void disk(String id, DiskWatch.Disk disk) {
        disks.put(id, disk);
    }

    NodeConfig config(String id) {
        NodeConfig.Builder config = NodeConfig.builder(id, peers, data(id));
        if (peerTls != null) {
            config.peerTls(peerTls.resolve(id + ".crt"), peerTls.resolve(id + ".key"), peerTls.resolve("ca.crt"));
        }
        return config.http("127.0.0.1", httpPort)
                .electionTimeout(electionTimeout)
                .snapshotEntries(snapshotEntries)
                .logKeptEntries(0)
                .build();
    }

    Path data(String id) {
        return folder.resolve(id);
    }

    PeerList peers() {
        return peers;
    }

    LockNode node(String id) {
        LockNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException(id + " does not run");
        }
        return node;
    }

    Collection<LockNode> running() {
        return List.copyOf(nodes.values());
    }

    /** Ids of all nodes, those that do not run included. */
    List<String> ids() {
        return peers.peers().stream().map(PeerList.Peer::id).toList();
    }

    void stopTogether(List<String> ids) {
        inParallel(ids, id -> node(id).close());
        ids.forEach(nodes::remove);
    }

    void stop(String id) {
        node(id).close();
        nodes.remove(id);
    }

    /** Waits until one node is a ready leader and all that run know it. */
    String awaitLeader() {
        await("a leader that every node knows", () -> nodes.values().stream().allMatch(this::knowsLeader));
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().locks().status().role() == Role.LEADER)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    String anyFollower() {
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().locks().status().role() == Role.FOLLOWER)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private boolean knowsLeader(LockNode node) {
        NodeStatus status = node.locks().status();
        return status.ready() && status.leader().map(nodes::containsKey).orElse(false);
    }

    /** Waits until something is so. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    static LockService.Answer answer(LockService locks, Command command) throws Exception {
        return locks.submit(command).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static Outcome outcome(LockService locks, Command command) throws Exception {
        return answer(locks, command).outcome();
    }

    static LockService.View read(LockService locks) throws Exception {
        return locks.read().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static Command tryAcquire(String lock, String ticket, Duration lease) {
        return new Command.TryAcquire(name(lock), ticket, new Holder("test", ticket), lease.toMillis());
    }

    static Command enqueue(String lock, String ticket, Duration lease) {
        return new Command.Enqueue(
                name(lock), ticket, new Holder("test", ticket), lease.toMillis(), Limits.WAITERS_PER_LOCK_MAX);
    }

    static Command release(String lock, String ticket) {
        return new Command.ReleaseTicket(name(lock), ticket);
    }

    static LockName name(String lock) {
        return new LockName("test", lock);
    }

    void stopAll() {
        inParallel(running(), LockNode::close);
        nodes.clear();
    }

    /** Most of the time that a node takes to stop is waiting. */
    public static <T> void inParallel(Collection<T> all, ThrowingConsumer<T> action) {
        List<CompletableFuture<Void>> done = all.stream()
                .map(one -> CompletableFuture.runAsync(
                        () -> action.accept(one), task -> Thread.ofPlatform().start(task)))
                .toList();
        done.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        stopAll();
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
