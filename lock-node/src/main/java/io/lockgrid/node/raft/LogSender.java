package io.lockgrid.node.raft;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.codec.ReplyCodec;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Brings a batch into the log, once: one try at whoever leads now, and no retry behind the caller's back. */
public interface LogSender {
    /**
     * Sends a batch, or none for an entry that is a tick or a read barrier.
     *
     * @return what came of it; never fails, may never complete while a quorum is missing
     */
    CompletionStage<Sent> send(Optional<Batch> batch);

    /** What came of one try. */
    sealed interface Sent {
        /** It is in the log and applied. */
        record Applied(ReplyCodec.Reply reply) implements Sent {}

        /** It is certainly not in the log. */
        record NotAppended(String why) implements Sent {}

        /** It is in the log, or may still come to be. */
        record Unknown(String why) implements Sent {}
    }
}
