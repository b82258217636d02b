package io.lockgrid.http.dapr;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.dapr.DaprError.Operation;
import io.vertx.core.Future;

/**
 * A method of the gRPC service.
 *
 * @param operation what its errors say that failed
 */
record GrpcMethod(Operation operation, Body body) {
    /**
     * Who calls.
     *
     * @param appId what the caller says that its app is, or empty
     */
    record Sender(Caller caller, String appId) {}

    /** What it does; may throw what its future may fail with. */
    @FunctionalInterface
    interface Body {
        /** Calls it; throws {@link InvalidProtocolBufferException} if the message is not of the type that it takes. */
        Future<GrpcReply> call(Sender from, byte[] message) throws InvalidProtocolBufferException;
    }
}
