package io.lockgrid.http.dapr;

import com.google.protobuf.MessageLite;
import io.vertx.core.Future;

/**
 * What a call is answered with.
 *
 * @param index of the log entry that the answer comes from, or {@link #NONE}
 * @param clusterTimeMillis the replicated clock at that index, in ms
 * @param token fencing token of a grant, or {@link #NONE}
 */
record GrpcReply(MessageLite message, long index, long clusterTimeMillis, long token) {
    /** There is none. */
    static final long NONE = 0;

    /** An answer that does not come from the log. */
    static Future<GrpcReply> of(MessageLite message) {
        return Future.succeededFuture(new GrpcReply(message, NONE, NONE, NONE));
    }
}
