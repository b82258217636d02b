package io.lockgrid.node.raft;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * Reaches the log through this node's own division while it leads, and through the leader's Raft port otherwise.
 *
 * <p>Any thread may call; stages complete on threads of Ratis, which must not be held up.
 */
final class RaftLogSender implements LogSender {
    private final RaftPeerId self;
    private final RaftGroupId groupId;
    private final RaftServer.Division division;
    private final RaftClientAsynchronousProtocol local;
    private final LeaderSender remote;
    private final Submissions submissions;
    private final AtomicLong callIds = new AtomicLong();

    RaftLogSender(RaftServer server, RaftGroupId groupId, PeerClient client, Submissions submissions)
            throws IOException {
        this.self = server.getId();
        this.groupId = groupId;
        this.division = server.getDivision(groupId);
        // The division takes requests on the caller's thread; the server in front of it would add two context switches.
        this.local = division instanceof RaftClientAsynchronousProtocol protocol ? protocol : server;
        this.remote = new LeaderSender(client);
        this.submissions = submissions;
    }

    @Override
    public CompletionStage<Sent> send(byte[] batch) {
        if (division.getInfo().isLeader()) {
            return sendLocal(batch);
        }
        RaftPeerId leader = division.getInfo().getLeaderId();
        return leader == null || leader.equals(self)
                ? CompletableFuture.completedFuture(new Sent.NotAppended("no leader is known"))
                : remote.send(request(batch, leader));
    }

    /** See {@link LeaderSender#leaderChanged}. */
    void leadershipChanged() {
        remote.leaderChanged(division.getInfo().getLeaderId());
    }

    private CompletionStage<Sent> sendLocal(byte[] batch) {
        RaftClientRequest request = request(batch, self);
        submissions.begin(request.getCallId());
        CompletableFuture<RaftClientReply> reply;
        try {
            reply = local.submitClientRequestAsync(request);
        } catch (IOException e) {
            reply = CompletableFuture.failedFuture(e);
        }
        return reply.handle((answer, failure) -> {
            boolean appended = submissions.end(request.getCallId());
            if (failure == null && answer.isSuccess()) {
                return Answers.applied(answer);
            }
            String why = Answers.why(failure != null ? failure : answer.getException());
            return appended ? new Sent.Unknown(why) : new Sent.NotAppended(why);
        });
    }

    private RaftClientRequest request(byte[] batch, RaftPeerId to) {
        return RaftClientRequest.newBuilder()
                .setClientId(submissions.clientId())
                .setServerId(to)
                .setGroupId(groupId)
                .setCallId(callIds.incrementAndGet())
                .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(batch)))
                .setType(RaftClientRequest.writeRequestType())
                .build();
    }
}
