package io.lockgrid.node.raft;

import io.lockgrid.node.raft.LogSender.Sent;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.codec.EntryCodec;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * Brings batches into the log through the leader's Raft port, one try each. Any thread may call.
 *
 * <p>To Ratis a batch is a query, which its leader hands to {@link LockStateMachine#query}: a write would become an
 * entry of its own, while here it joins the batches of other nodes in {@link LeaderLog}.
 */
final class LeaderSender {
    private final PeerClient client;
    private final ClientId clientId;
    private final RaftGroupId groupId;
    private final AtomicLong callIds = new AtomicLong();
    private final Set<Try> tries = ConcurrentHashMap.newKeySet();

    private record Try(RaftPeerId leader, CompletableFuture<Sent> result) {}

    LeaderSender(PeerClient client, ClientId clientId, RaftGroupId groupId) {
        this.client = client;
        this.clientId = clientId;
        this.groupId = groupId;
    }

    /** Sends a batch, or a barrier without one, to the member that leads. */
    CompletionStage<Sent> send(Optional<Batch> batch, RaftPeerId leader) {
        var one = new Try(leader, new CompletableFuture<>());
        tries.add(one);
        RaftClientRpc connections = client.connections();
        var unused = connections
                .sendRequestAsyncUnordered(request(batch, leader))
                .handle((answer, failure) -> {
                    if (failure != null) {
                        client.failed(connections);
                    }
                    return one.result()
                            .complete(failure != null ? new Sent.Unknown(Answers.why(failure)) : classify(answer));
                });
        return one.result().whenComplete((sent, never) -> tries.remove(one));
    }

    /**
     * The leader changed: what another one has not answered by now is left to its fate, and can be tried at the new.
     */
    void leaderChanged(@Nullable RaftPeerId leader) {
        for (Try one : tries) {
            if (!one.leader().equals(leader)) {
                one.result().complete(new Sent.Unknown("the leader changed"));
            }
        }
    }

    private RaftClientRequest request(Optional<Batch> batch, RaftPeerId leader) {
        return RaftClientRequest.newBuilder()
                .setClientId(clientId)
                .setServerId(leader)
                .setGroupId(groupId)
                .setCallId(callIds.incrementAndGet())
                .setMessage(batch.map(EntryCodec::encodeBatch)
                        .map(UnsafeByteOperations::unsafeWrap)
                        .map(Message::valueOf)
                        .orElse(Message.EMPTY))
                .setType(RaftClientRequest.readRequestType(true))
                .build();
    }

    /** What is said instead of an answer by one that does not lead, or not yet, was said before it saw the batch. */
    private static Sent classify(RaftClientReply answer) {
        if (answer.isSuccess()) {
            return Answers.decode(answer.getMessage().getContent());
        }
        Throwable refusal = answer.getException();
        return refusal instanceof NotLeaderException || refusal instanceof LeaderNotReadyException
                ? new Sent.NotAppended(Answers.why(refusal))
                : new Sent.Unknown(Answers.why(refusal));
    }
}
