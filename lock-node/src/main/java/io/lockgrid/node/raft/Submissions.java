package io.lockgrid.node.raft;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientRequest;

/**
 * Which of this node's own requests were appended to the log. Ratis answers "not leader" both before and after the
 * append; only the second may still commit.
 */
final class Submissions {
    private final ClientId clientId = ClientId.randomId();
    private final ConcurrentMap<Long, Boolean> appended = new ConcurrentHashMap<>();

    ClientId clientId() {
        return clientId;
    }

    void begin(long callId) {
        appended.put(callId, false);
    }

    /** The request is about to be appended; called under the lock of the log. */
    void markAppended(RaftClientRequest request) {
        if (clientId.equals(request.getClientId())) {
            appended.replace(request.getCallId(), true);
        }
    }

    /** Ends a request. Returns whether it was appended. */
    boolean end(long callId) {
        return Boolean.TRUE.equals(appended.remove(callId));
    }
}
