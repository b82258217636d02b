package io.lockgrid.node.raft;

import io.lockgrid.statemachine.codec.ReplyCodec;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaches the log through this node's own division while it leads, and through the leader's Raft port otherwise.
 *
 * <p>Any thread may call; stages complete on threads of Ratis, which must not be held up.
 */
final class RaftLogSender implements LogSender {
    private static final Logger LOG = LoggerFactory.getLogger(RaftLogSender.class);

    private final RaftPeerId self;
    private final RaftGroupId groupId;
    private final RaftServer.Division division;
    private final RaftClientAsynchronousProtocol local;
    private final RaftClientRpc remote;
    private final Submissions submissions;
    private final AtomicLong callIds = new AtomicLong();
    private final Set<RemoteTry> remoteTries = ConcurrentHashMap.newKeySet();

    private record RemoteTry(RaftPeerId leader, CompletableFuture<Sent> result) {}

    RaftLogSender(RaftServer server, RaftGroupId groupId, RaftClientRpc remote, Submissions submissions)
            throws IOException {
        this.self = server.getId();
        this.groupId = groupId;
        this.division = server.getDivision(groupId);
        // The division takes requests on the caller's thread; the server in front of it would add two context switches.
        this.local = division instanceof RaftClientAsynchronousProtocol protocol ? protocol : server;
        this.remote = remote;
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
                : sendRemote(batch, leader);
    }

    /**
     * The leader changed: what the old one has not answered by now is left to its fate, and can be tried at the new.
     */
    void leadershipChanged() {
        RaftPeerId leader = division.getInfo().getLeaderId();
        for (RemoteTry one : remoteTries) {
            if (!one.leader().equals(leader)) {
                one.result().complete(new Sent.Unknown("the leader changed"));
            }
        }
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
                return applied(answer);
            }
            String why = why(failure != null ? failure : answer.getException());
            return appended ? new Sent.Unknown(why) : new Sent.NotAppended(why);
        });
    }

    private CompletionStage<Sent> sendRemote(byte[] batch, RaftPeerId leader) {
        var one = new RemoteTry(leader, new CompletableFuture<>());
        remoteTries.add(one);
        var unused = remote.sendRequestAsyncUnordered(request(batch, leader)).handle((answer, failure) -> {
            if (failure != null) {
                remote.handleException(leader, unwrapped(failure), true);
            }
            return one.result().complete(failure != null ? new Sent.Unknown(why(failure)) : classifyRemote(answer));
        });
        return one.result().whenComplete((sent, never) -> remoteTries.remove(one));
    }

    /** From here, a leader's "not leader" may mean before the append or after it; only these two are certain. */
    private static Sent classifyRemote(RaftClientReply answer) {
        if (answer.isSuccess()) {
            return applied(answer);
        }
        Throwable refusal = answer.getException();
        return refusal instanceof LeaderNotReadyException || refusal instanceof LeaderSteppingDownException
                ? new Sent.NotAppended(why(refusal))
                : new Sent.Unknown(why(refusal));
    }

    private static Sent applied(RaftClientReply answer) {
        try {
            return new Sent.Applied(
                    ReplyCodec.decode(answer.getMessage().getContent().asReadOnlyByteBuffer()));
        } catch (RuntimeException e) {
            LOG.error("a reply of the log cannot be read", e);
            return new Sent.Unknown("the reply cannot be read: " + e.getMessage());
        }
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

    private static String why(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        Throwable cause = unwrapped(failure);
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
