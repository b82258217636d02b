package io.lockgrid.node.raft;

import io.lockgrid.statemachine.Batch;
import java.util.List;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * The batches of an entry on their way into this node's own log. It never leaves the process: what is replicated are
 * the bytes that the state machine makes of it together with the stamp.
 */
final class EntryMessage implements Message {
    private final List<Batch> batches;
    private volatile boolean isAppended;

    EntryMessage(List<Batch> batches) {
        this.batches = batches;
    }

    List<Batch> batches() {
        return batches;
    }

    /** It is about to be appended; called under the lock of the log. */
    void markAppended() {
        isAppended = true;
    }

    /** Ratis answers "not leader" both before and after the append; only what was appended may still commit. */
    boolean isAppended() {
        return isAppended;
    }

    @Override
    public ByteString getContent() {
        return ByteString.EMPTY;
    }
}
