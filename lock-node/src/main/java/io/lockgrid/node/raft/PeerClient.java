package io.lockgrid.node.raft;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.ratis.client.RaftClientRpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's calls to the other members, over connections that are opened anew once a call on them has failed. Any
 * thread may call; nothing blocks but {@link #close}.
 *
 * <p>Ratis opens them anew, too, but once for each call that failed, so that what was sent again meanwhile fails with
 * them; and on the thread that brings the failure, where it waits up to 5 s for what is still on the old ones (3.3.0).
 */
final class PeerClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);

    private final Supplier<RaftClientRpc> open;
    private RaftClientRpc current;
    private boolean isClosed;

    /** @param open makes connections, which knows all members, and connects when it is used */
    PeerClient(Supplier<RaftClientRpc> open) {
        this.open = open;
        this.current = open.get();
    }

    /** The connections of this moment: to be asked for each call. */
    synchronized RaftClientRpc connections() {
        return current;
    }

    /** A call on these connections failed: later calls go over others, if they do not already. */
    void failed(RaftClientRpc connections) {
        synchronized (this) {
            if (isClosed || !connections.equals(current)) {
                return;
            }
            current = open.get();
        }
        Thread.ofPlatform().name("lockgrid-disconnect").daemon(true).start(() -> close(connections));
    }

    @Override
    public void close() {
        RaftClientRpc last;
        synchronized (this) {
            isClosed = true;
            last = current;
        }
        close(last);
    }

    private static void close(RaftClientRpc connections) {
        try {
            connections.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("connections to the other members were not closed in good order", e);
        }
    }
}
