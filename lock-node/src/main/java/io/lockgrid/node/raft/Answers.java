package io.lockgrid.node.raft;

import io.lockgrid.node.raft.LogSender.Sent;
import io.lockgrid.statemachine.codec.ReplyCodec;
import java.util.concurrent.CompletionException;
import org.apache.ratis.protocol.RaftClientReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the answers of Ratis mean for a batch. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /** A success. */
    static Sent applied(RaftClientReply answer) {
        try {
            return new Sent.Applied(
                    ReplyCodec.decode(answer.getMessage().getContent().asReadOnlyByteBuffer()));
        } catch (RuntimeException e) {
            LOG.error("a reply of the log cannot be read", e);
            return new Sent.Unknown("the reply cannot be read: " + e.getMessage());
        }
    }

    /** What failed, in one line. */
    static String why(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
