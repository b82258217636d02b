package io.lockgrid.node.raft;

import io.lockgrid.statemachine.codec.ReplyCodec;
import io.lockgrid.statemachine.codec.ReplyCodec.Reply;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * What came of an applied entry, for {@link LeaderLog}, which waits for it in this process: bytes are only made if
 * somebody asks for them.
 */
record AppliedMessage(Reply reply) implements Message {
    @Override
    public ByteString getContent() {
        return UnsafeByteOperations.unsafeWrap(ReplyCodec.encode(reply));
    }
}
