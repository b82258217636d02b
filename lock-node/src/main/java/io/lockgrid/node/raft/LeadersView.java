package io.lockgrid.node.raft;

import io.lockgrid.statemachine.service.LockService.Members;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.GroupInfoRequest;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which nodes the leader hears: only it hears the others, so a follower asks it. Any thread may call. */
final class LeadersView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeadersView.class);

    private final RaftServer.Division division;
    private final PeerClient client;
    private final ClientId clientId = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();
    private final int nodes;
    private final long silenceMillisMax;

    /** The call waits on the network, and only one at a time is worth it. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lockgrid-members").daemon(true).factory());

    private CompletableFuture<Members> asked;

    /** @param electionTimeout a follower that is silent for twice as long is not heard */
    LeadersView(RaftServer.Division division, PeerClient client, Duration electionTimeout) {
        this.division = division;
        this.client = client;
        this.nodes = division.getGroup().getPeers().size();
        this.silenceMillisMax = 2 * electionTimeout.toMillis();
        this.asked = CompletableFuture.completedFuture(nobody());
    }

    CompletionStage<Members> members() {
        RaftPeerId leader = division.getInfo().getLeaderId();
        if (leader == null) {
            return CompletableFuture.completedFuture(nobody());
        }
        return division.getInfo().isLeader()
                ? CompletableFuture.completedFuture(heard(division.getInfo().getRoleInfoProto()))
                : ask(leader);
    }

    /** Whoever asks meanwhile gets the same answer. */
    private synchronized CompletionStage<Members> ask(RaftPeerId leader) {
        if (asked.isDone()) {
            asked = CompletableFuture.supplyAsync(() -> askNow(leader), thread);
        }
        return asked.copy();
    }

    private Members askNow(RaftPeerId leader) {
        var request = new GroupInfoRequest(clientId, leader, division.getGroup().getGroupId(), calls.incrementAndGet());
        RaftClientRpc connections = client.connections();
        try {
            return connections.sendRequest(request) instanceof GroupInfoReply reply
                    ? heard(reply.getRoleInfoProto())
                    : nobody();
        } catch (IOException e) {
            LOG.debug("{} does not say which nodes it hears", leader, e);
            client.failed(connections);
            return nobody();
        }
    }

    /** What a node hears that says it leads; one that no longer does hears nobody. */
    private Members heard(@Nullable RoleInfoProto role) {
        if (role == null || !role.hasLeaderInfo()) {
            return nobody();
        }
        long followers = role.getLeaderInfo().getFollowerInfoList().stream()
                .filter(follower -> follower.getLastRpcElapsedTimeMs() <= silenceMillisMax)
                .count();
        return new Members(nodes, 1 + Math.toIntExact(followers));
    }

    private Members nobody() {
        return new Members(nodes, 0);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
