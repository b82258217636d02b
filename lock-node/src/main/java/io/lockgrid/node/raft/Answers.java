package io.lockgrid.node.raft;

import io.lockgrid.node.raft.LogSender.Sent;
import io.lockgrid.statemachine.codec.ReplyCodec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of a batch that another node sent, in bytes, and what the answers of Ratis mean.
 *
 * <pre>answer: kind(1) and, for an applied one, the reply, else why not, in UTF-8</pre>
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final byte APPLIED = 1;
    private static final byte NOT_APPENDED = 2;
    private static final byte UNKNOWN = 3;

    private Answers() {}

    /** The bytes of what came of a batch. */
    static Message encode(Sent sent) {
        return switch (sent) {
            case Sent.Applied(var reply) -> message(APPLIED, ReplyCodec.encode(reply));
            case Sent.NotAppended(var why) -> message(NOT_APPENDED, why.getBytes(StandardCharsets.UTF_8));
            case Sent.Unknown(var why) -> message(UNKNOWN, why.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static Message message(byte kind, byte[] content) {
        byte[] bytes = new byte[1 + content.length];
        bytes[0] = kind;
        System.arraycopy(content, 0, bytes, 1, content.length);
        return Message.valueOf(UnsafeByteOperations.unsafeWrap(bytes));
    }

    /** Reads what came of a batch. */
    static Sent decode(ByteString bytes) {
        try {
            ByteString content = bytes.substring(1);
            return switch (bytes.byteAt(0)) {
                case APPLIED -> new Sent.Applied(ReplyCodec.decode(content.asReadOnlyByteBuffer()));
                case NOT_APPENDED -> new Sent.NotAppended(content.toStringUtf8());
                case UNKNOWN -> new Sent.Unknown(content.toStringUtf8());
                default -> throw new IllegalArgumentException("no answer is of kind " + bytes.byteAt(0));
            };
        } catch (RuntimeException e) {
            LOG.error("an answer of the leader cannot be read", e);
            return new Sent.Unknown("the answer cannot be read: " + e.getMessage());
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
