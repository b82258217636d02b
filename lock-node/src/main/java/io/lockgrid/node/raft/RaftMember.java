package io.lockgrid.node.raft;

import io.lockgrid.http.tls.TlsKeys;
import io.lockgrid.node.FatalHandler;
import io.lockgrid.node.PeerList;
import io.lockgrid.node.clock.LeaderClock;
import io.lockgrid.node.raft.LockStateMachine.Observer;
import io.lockgrid.node.raft.LockStateMachine.Position;
import io.lockgrid.statemachine.service.LockService.Members;
import io.lockgrid.statemachine.service.NodeStatus.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's part in the Raft group: a server with one division, and the way to the leader. */
public final class RaftMember implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RaftMember.class);
    private static final long HAND_OVER_MILLIS = 1_000;

    private final LockStateMachine stateMachine;
    private final RaftServer server;
    private final RaftServer.Division division;
    private final PeerClient client;
    private final LeaderLog leaderLog;
    private final RaftLogSender sender;
    private final PeerChannels channels;
    private final LeadersView leadersView;
    private final LogRoom room;
    private final RaftGroup group;
    private final ClientId clientId = ClientId.randomId();
    private final ClientId adminId = ClientId.randomId();
    private final AtomicLong adminCalls = new AtomicLong();
    private final @Nullable PeerTls peerTls;
    private volatile boolean caughtUp;

    /**
     * What a member is told.
     *
     * @param storage folder of the log and the snapshots
     * @param peerKeys for mutual TLS between the members; null for plain text
     */
    public record Config(
            String cluster,
            String id,
            PeerList peers,
            Path storage,
            Duration electionTimeout,
            @Nullable TlsKeys peerKeys,
            long snapshotEntries,
            long logKeptEntries) {}

    private RaftMember(Config config, LeaderClock clock, Observer observer, FatalHandler fatal) throws IOException {
        group = group(config.cluster(), config.peers());
        RaftPeerId id = RaftPeerId.valueOf(config.id());
        RaftPeer self = group.getPeer(id);
        RaftProperties properties = RaftSettings.of(
                config.storage(), portOf(self.getAddress()), config.electionTimeout(), config.logKeptEntries());
        if (PeerList.isLoopback(self.getAddress())) {
            // Otherwise Ratis listens on every address of the machine, and anybody who reaches the port can write the
            // log.
            GrpcConfigKeys.Server.setHost(properties, hostOf(self.getAddress()));
        }
        stateMachine =
                new LockStateMachine(clock, System::currentTimeMillis, observer, fatal, config.snapshotEntries());
        Parameters parameters = new Parameters();
        peerTls = config.peerKeys() == null ? null : new PeerTls(config.peerKeys());
        if (peerTls != null) {
            // Of the server, of its clients to other servers, and of the client below.
            peerTls.tell(parameters);
        }
        server = RaftServer.newBuilder()
                .setServerId(id)
                .setGroup(group)
                .setStateMachine(stateMachine)
                .setProperties(properties)
                .setParameters(parameters)
                // FORMAT, the builder's default, fails where there is a log already.
                .setOption(RaftStorage.StartupOption.RECOVER)
                .build();
        try {
            division = server.getDivision(group.getGroupId());
        } catch (IOException e) {
            server.close();
            throw e;
        }
        client = new PeerClient(() -> {
            RaftClientRpc connections = new GrpcFactory(parameters).newRaftClientRpc(clientId, properties);
            connections.addRaftPeers(group.getPeers());
            return connections;
        });
        leaderLog = new LeaderLog(server, division, clientId);
        stateMachine.leaderLog(leaderLog);
        sender = new RaftLogSender(division, leaderLog, new LeaderSender(client, clientId, group.getGroupId()));
        channels = new PeerChannels(division);
        leadersView = new LeadersView(division, client, config.electionTimeout());
        room = new LogRoom(server, division, stateMachine);
        stateMachine.snapshots().onDurable(room::purgeBehindSnapshot);
    }

    /**
     * Starts a member: reads snapshot and log, opens the Raft port, takes part in elections.
     *
     * @throws IOException if the log or the snapshot cannot be used, or the port is taken
     */
    public static RaftMember start(Config config, LeaderClock clock, Observer observer, FatalHandler fatal)
            throws IOException {
        checkPortIsFree(config);
        RaftMember member = new RaftMember(config, clock, observer, fatal);
        try {
            member.server.start();
            member.channels.start();
            if (member.peerTls != null) {
                member.peerTls.start();
            }
        } catch (IOException | RuntimeException e) {
            member.client.close();
            member.server.close();
            member.leaderLog.close();
            // Ratis tries again after a snapshot that cannot be read, and then reports what the second try met.
            IOException unreadable = member.stateMachine.loadFailure();
            throw unreadable != null ? unreadable : new IOException(e);
        }
        return member;
    }

    /** Ratis ends the whole process, with a stack trace, when it cannot listen on its port. */
    private static void checkPortIsFree(Config config) throws IOException {
        String address = addressOf(config);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    PeerList.isLoopback(address)
                            ? new InetSocketAddress(hostOf(address), portOf(address))
                            : new InetSocketAddress(portOf(address)));
        }
    }

    private static String addressOf(Config config) {
        return config.peers().peers().stream()
                .filter(peer -> peer.id().equals(config.id()))
                .map(PeerList.Peer::address)
                .findFirst()
                .orElseThrow();
    }

    private static String hostOf(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    /** One try to bring something into the log. */
    public LogSender sender() {
        return sender;
    }

    /** The lock space as far as this node has applied the log. */
    public Position position() {
        return stateMachine.position();
    }

    /** Another leader is known: tries at the old one that hang are ended. Not to be called under Ratis' locks. */
    public void leadershipChanged() {
        sender.leadershipChanged();
    }

    /** This node's role right now. */
    public Role role() {
        DivisionInfo info = division.getInfo();
        if (!info.isAlive()) {
            return Role.STOPPED;
        }
        if (info.isLeader()) {
            return Role.LEADER;
        }
        return info.isFollower() ? Role.FOLLOWER : Role.CANDIDATE;
    }

    /** Whether this node leads and has applied all that earlier leaders committed. */
    public boolean isReadyLeader() {
        return division.getInfo().isLeaderReady();
    }

    /**
     * Whether this member has, since it started, been as far as its leader: before that, a read here would wait for all
     * that was missed.
     */
    public boolean hasCaughtUp() {
        if (!caughtUp) {
            OptionalLong committed = leaderCommitIndex();
            caughtUp = isReadyLeader() || (committed.isPresent() && position().index() >= committed.getAsLong());
        }
        return caughtUp;
    }

    /** What the leader has committed, as it said when it last agreed with this member about the log. */
    OptionalLong leaderCommitIndex() {
        Optional<String> leader = leader();
        return division.getCommitInfos().stream()
                .filter(info -> info.getServer().getId().toStringUtf8().equals(leader.orElse("")))
                .mapToLong(CommitInfoProto::getCommitIndex)
                .findFirst();
    }

    /** The id of the leader, as far as this node knows. */
    public Optional<String> leader() {
        return Optional.ofNullable(division.getInfo().getLeaderId()).map(RaftPeerId::toString);
    }

    /** Which nodes the leader hears. */
    public CompletionStage<Members> members() {
        return leadersView.members();
    }

    /** The Raft term. */
    public long term() {
        return division.getInfo().getCurrentTerm();
    }

    /** Whether Raft runs; it closes itself after a failure of its own, and leaves the process standing. */
    public boolean isAlive() {
        return division.getInfo().isAlive() && server.getLifeCycleState().isRunning();
    }

    /** The room that log and snapshots take. */
    public LogRoom room() {
        return room;
    }

    /** Asks the others in turn to take over, if this node leads; waits a second for each at most. */
    public void handOverLeadership() {
        for (RaftPeer peer : group.getPeers()) {
            if (!division.getInfo().isLeader()) {
                return;
            }
            if (!peer.getId().equals(server.getId())) {
                handOverTo(peer.getId());
            }
        }
    }

    private void handOverTo(RaftPeerId peer) {
        var request = new TransferLeadershipRequest(
                adminId, server.getId(), group.getGroupId(), adminCalls.incrementAndGet(), peer, HAND_OVER_MILLIS);
        try {
            RaftClientReply reply = server.transferLeadership(request);
            if (!reply.isSuccess()) {
                LOG.info("{} does not take over the leadership: {}", peer, firstLine(reply.getException()));
            }
        } catch (IOException e) {
            LOG.info("{} does not take over the leadership: {}", peer, firstLine(e));
        }
    }

    /** Writes a last snapshot, so that the next start has nothing to replay, and stops. */
    @Override
    public void close() throws IOException {
        try {
            stateMachine.snapshots().writeNow(stateMachine.position());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channels.close();
        if (peerTls != null) {
            peerTls.close();
        }
        leadersView.close();
        server.close();
        client.close();
        leaderLog.close();
    }

    /** Ratis puts whole stack traces into messages. */
    private static String firstLine(@Nullable Throwable failure) {
        return String.valueOf(failure).lines().findFirst().orElse("");
    }

    /** Two clusters never talk to each other by mistake: their lists differ, and so do their groups. */
    static RaftGroup group(String cluster, PeerList peers) {
        UUID id = UUID.nameUUIDFromBytes((cluster + "|" + peers).getBytes(StandardCharsets.UTF_8));
        return RaftGroup.valueOf(
                RaftGroupId.valueOf(id),
                peers.peers().stream()
                        .map(peer -> RaftPeer.newBuilder()
                                .setId(peer.id())
                                .setAddress(peer.address())
                                .build())
                        .toList());
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
