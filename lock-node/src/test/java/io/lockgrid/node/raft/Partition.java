package io.lockgrid.node.raft;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.util.CodeInjectionForTesting;

/**
 * Cuts nodes of this process off from all others: what the servers of the two sides send each other is refused, at the
 * places that Ratis keeps for such tests. Requests of clients still pass.
 */
public final class Partition implements AutoCloseable {
    private static final List<String> PLACES = List.of(
            "RaftServerImpl.appendEntries",
            "RaftServerImpl.requestVote",
            "RaftServerImpl.startLeaderElection",
            "RaftServerImpl.installSnapshot");

    /** Ratis logs each; a stack of what lies between would fill the report. */
    private static final class CutOffException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CutOffException(String message) {
            super(message, null, false, false);
        }
    }

    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();

    /** Makes one that cuts nothing yet. */
    public Partition() {
        PLACES.forEach(place -> CodeInjectionForTesting.put(place, (local, remote, args) -> {
            if (cutOff.contains(String.valueOf(local)) != cutOff.contains(String.valueOf(remote))) {
                throw new CutOffException(remote + " is cut off from " + local);
            }
            return false;
        }));
    }

    /** From now on this node and the others do not hear each other. */
    public void cutOff(String id) {
        cutOff.add(id);
    }

    /** From now on all hear each other. */
    public void heal() {
        cutOff.clear();
    }

    @Override
    public void close() {
        PLACES.forEach(CodeInjectionForTesting::remove);
    }
}
