package io.lockgrid.node.raft;

import io.lockgrid.statemachine.codec.ReplyCodec;
import java.util.concurrent.CompletionStage;

/** Brings bytes into the log, once: one try at whoever leads now, and no retry behind the caller's back. */
public interface LogSender {
    /**
     * Sends a batch, or no bytes for an entry without commands.
     *
     * @return what came of it; never fails, may never complete while a quorum is missing
     */
    CompletionStage<Sent> send(byte[] batch);

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
