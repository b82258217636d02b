package io.lockgrid.node;

import io.lockgrid.http.HttpApi;
import io.lockgrid.http.HttpConfig;
import io.lockgrid.http.tls.TlsFileException;
import io.lockgrid.http.tls.TlsFiles;
import io.lockgrid.http.tls.TlsKeys;
import io.lockgrid.node.clock.ClockPulse;
import io.lockgrid.node.clock.LeaderClock;
import io.lockgrid.node.pipeline.CommandPipeline;
import io.lockgrid.node.raft.LogRoom;
import io.lockgrid.node.raft.RaftMember;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.LockService.View;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of the grid in this process: its part of the replicated log, and the APIs over it.
 *
 * <pre>{@code
 * try (LockNode node = LockNode.start(config)) {
 *     node.locks().submit(new Command.TryAcquire(...)).thenAccept(answer -> ...);
 * }
 * }</pre>
 */
public final class LockNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockNode.class);
    private static final long HTTP_SECONDS_MAX = 30;

    private final DataFolder folder;
    private final ExecutorService replies = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lockgrid-replies").daemon(true).factory());
    private final AppliedIndex applied = new AppliedIndex(replies);
    private final TicketWaits waits = new TicketWaits(replies, this::view);
    private final ClockPulse pulse;
    private final CommandPipeline pipeline;
    private final RaftMember member;
    private final Watchdog watchdog;
    private final DiskWatch disk;
    private final GridLockService service;
    private final HttpApi http;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LockNode(NodeConfig config, DataFolder folder, FatalHandler fatal, DiskWatch.Disk free) throws IOException {
        this.folder = folder;
        LeaderClock clock = new LeaderClock(System::nanoTime);
        pulse = new ClockPulse(clock, "lockgrid-pulse");
        pipeline = new CommandPipeline(replies, System::nanoTime, new SecureRandom()::nextLong, "lockgrid-pipeline");
        LogFollowers followers = new LogFollowers(applied, pulse, pipeline, waits, replies);
        var raft = new RaftMember.Config(
                config.http().clusterName(),
                config.id(),
                config.peers(),
                folder.raft(),
                config.electionTimeout(),
                peerKeys(config),
                config.snapshotEntries(),
                config.logKeptEntries());
        try {
            member = RaftMember.start(raft, clock, followers, fatal);
        } catch (IOException | RuntimeException e) {
            replies.shutdown();
            throw e;
        }
        followers.follow(member);
        watchdog = new Watchdog(member, fatal);
        LogRoom room = member.room();
        disk = new DiskWatch(free, room::bytesNeeded, room::make, member::handOverLeadership);
        service = new GridLockService(config.id(), member, pipeline, applied, waits, disk);
        pipeline.start(member.sender());
        pulse.start(service);
        watchdog.start();
        disk.start();
        try {
            folder.markJoined();
            http = startHttp(config, service);
        } catch (IOException | RuntimeException e) {
            stopLog();
            throw e;
        }
        LOG.debug("node {} serves http://{}:{}", config.id(), config.http().host(), http.port());
    }

    /**
     * Starts a node and returns when it serves its APIs; it may still be looking for a leader. A failure that it cannot
     * live with later ends the process.
     *
     * @throws NodeStartException with one line for a person, and nothing left running
     */
    public static LockNode start(NodeConfig config) {
        return start(config, FatalHandler.haltProcess());
    }

    /**
     * The same, with another way to end.
     *
     * @throws NodeStartException with one line for a person, and nothing left running
     */
    public static LockNode start(NodeConfig config, FatalHandler fatal) {
        return start(config, fatal, DiskWatch.Disk.of(config.data()));
    }

    static LockNode start(NodeConfig config, FatalHandler fatal, DiskWatch.Disk disk) {
        DataFolder folder = DataFolder.open(config.data(), config.id(), config.peers());
        try {
            checkHttpPortIsFree(config.http());
            folder.makeDurable();
            return new LockNode(config, folder, fatal, disk);
        } catch (IOException e) {
            folder.close();
            throw new NodeStartException(StartFailures.explain(config, folder, e), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** The grid, for the program that this node is embedded in. */
    public LockService locks() {
        return service;
    }

    /** The port that the APIs are served on. */
    public int httpPort() {
        return http.port();
    }

    /**
     * Stops in order: takes no more requests and answers those under way, hands the leadership over, writes a last
     * snapshot, closes the log.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // First, as their requests would hold up the end of the HTTP server.
        waits.close();
        try {
            await(http.close(), "the HTTP server did not stop in time");
        } catch (NodeStartException e) {
            LOG.warn("{}", e.getMessage());
        }
        member.handOverLeadership();
        stopLog();
        folder.close();
        LOG.info("node stopped");
    }

    private View view() {
        return GridLockService.view(member);
    }

    private void stopLog() {
        watchdog.close();
        disk.close();
        pulse.close();
        pipeline.close();
        try {
            member.close();
        } catch (IOException e) {
            LOG.warn("the log did not close cleanly; the next start replays it", e);
        }
        applied.close();
        replies.shutdown();
    }

    private static @Nullable TlsKeys peerKeys(NodeConfig config) {
        TlsFiles files = config.peerTls();
        if (files == null) {
            if (!config.peers().areOnThisMachine()) {
                LOG.warn("the nodes talk in plain text: whoever reaches a Raft port can write the log; set"
                        + " --peer-tls-cert, --peer-tls-key and --peer-tls-ca");
            }
            return null;
        }
        try {
            return TlsKeys.load(files);
        } catch (TlsFileException e) {
            throw new NodeStartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Before this node takes part in anything: it may lead by the time that the APIs are started. */
    private static void checkHttpPortIsFree(HttpConfig http) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(http.host(), http.port()));
        } catch (IOException e) {
            throw new NodeStartException(cannotListen(http) + " (" + e.getMessage() + ")", e);
        }
    }

    private static HttpApi startHttp(NodeConfig config, LockService locks) {
        return await(HttpApi.start(config.http(), locks), cannotListen(config.http()));
    }

    private static String cannotListen(HttpConfig http) {
        return "the HTTP address " + http.host() + ":" + http.port()
                + " cannot be listened on; stop what uses it, or choose another --http-port";
    }

    private static <T> T await(io.vertx.core.Future<T> future, String otherwise) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(HTTP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeStartException(otherwise, e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof TlsFileException) {
                throw new NodeStartException(String.valueOf(cause.getMessage()), cause);
            }
            throw new NodeStartException(otherwise + " (" + cause.getMessage() + ")", e);
        }
    }
}
