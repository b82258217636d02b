package io.lockgrid.node.raft;

import io.lockgrid.node.raft.LogSender.Sent;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.jspecify.annotations.Nullable;

/** Brings requests into the log through the leader's Raft port, one try each. Any thread may call. */
final class LeaderSender {
    private final PeerClient client;
    private final Set<Try> tries = ConcurrentHashMap.newKeySet();

    private record Try(RaftPeerId leader, CompletableFuture<Sent> result) {}

    LeaderSender(PeerClient client) {
        this.client = client;
    }

    /** Sends a request to the member that it names. */
    CompletionStage<Sent> send(RaftClientRequest request) {
        var one = new Try(request.getServerId(), new CompletableFuture<>());
        tries.add(one);
        RaftClientRpc connections = client.connections();
        var unused = connections.sendRequestAsyncUnordered(request).handle((answer, failure) -> {
            if (failure != null) {
                client.failed(connections);
            }
            return one.result().complete(failure != null ? new Sent.Unknown(Answers.why(failure)) : classify(answer));
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

    /** From here, a leader's "not leader" may mean before the append or after it; only these two are certain. */
    private static Sent classify(RaftClientReply answer) {
        if (answer.isSuccess()) {
            return Answers.applied(answer);
        }
        Throwable refusal = answer.getException();
        return refusal instanceof LeaderNotReadyException || refusal instanceof LeaderSteppingDownException
                ? new Sent.NotAppended(Answers.why(refusal))
                : new Sent.Unknown(Answers.why(refusal));
    }
}
