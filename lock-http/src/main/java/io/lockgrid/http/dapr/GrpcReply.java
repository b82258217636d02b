package io.lockgrid.http.dapr;

import com.google.protobuf.MessageLite;

/**
 * What a call is answered with.
 *
 * @param index of the log entry that the answer comes from, or {@link #NONE}
 * @param token fencing token of a grant, or {@link #NONE}
 */
record GrpcReply(MessageLite message, long index, long token) {
    /** There is none. */
    static final long NONE = 0;
}
