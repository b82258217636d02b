package io.lockgrid.http.dapr;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.lockgrid.http.auth.Authenticator;
import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.auth.Credential;
import io.lockgrid.http.dapr.GrpcMethod.Sender;
import io.lockgrid.http.wire.Deadlines;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.InFlight;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.common.WireFormat;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One unary call: its single message, its deadline and its single answer. Lives on one event loop. */
final class GrpcCall {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcCall.class);
    private static final long NO_TIMER = -1;

    /** What a compressed message is said to be, in a call that has none. */
    static final String NO_ENCODING = "none";

    private final Vertx vertx;
    private final GrpcServerRequest<Buffer, Buffer> request;
    private final GrpcServerResponse<Buffer, Buffer> response;
    private final InFlight inFlight;
    private final int messageBytesMax;
    private final Promise<byte[]> received = Promise.promise();
    private byte @Nullable [] message;
    private long timer = NO_TIMER;
    private boolean counted;
    private boolean done;

    GrpcCall(Vertx vertx, GrpcServerRequest<Buffer, Buffer> request, InFlight inFlight, int messageBytesMax) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.inFlight = inFlight;
        this.messageBytesMax = messageBytesMax;
    }

    /** Receives, finds out who calls, calls, answers. */
    void serve(GrpcMethod method, Authenticator authenticator, Deadlines bodyDeadlines) {
        counted = inFlight.begin();
        if (!counted) {
            fail(method, new Failure.Carrier(inFlight.full()));
            return;
        }
        receive(bodyDeadlines);
        observeDeadline();
        Future<Caller> caller = authenticator.authenticate(credential());
        caller.compose(known -> received.future().compose(bytes -> invoke(method, known, bytes)))
                .onComplete(this::answer, error -> fail(method, error));
    }

    private @Nullable Credential credential() {
        String token = request.headers().get("dapr-api-token");
        return token == null ? null : new Credential(null, token);
    }

    private void receive(Deadlines bodyDeadlines) {
        Deadlines.Deadline deadline = bodyDeadlines.set(
                () -> received.tryFail(new Failure.Carrier(new Failure.BodyTooSlow(bodyDeadlines.length()))));
        request.invalidMessageHandler(invalid -> fail(
                GrpcStatus.RESOURCE_EXHAUSTED,
                "grpc: received message larger than max ("
                        + (invalid instanceof MessageSizeOverflowException large ? large.messageSize() : "?") + " vs. "
                        + messageBytesMax + ")"));
        request.messageHandler(this::take);
        request.endHandler(end -> {
            deadline.met();
            byte[] only = message;
            if (only == null) {
                fail(GrpcStatus.INTERNAL, "the call ended without a message");
            } else {
                received.tryComplete(only);
            }
        });
        // Nobody is there any more: what was not submitted yet never will be.
        request.errorHandler(error -> end());
        request.exceptionHandler(error -> end());
    }

    private void take(GrpcMessage next) {
        if (done) {
            return;
        }
        if (message != null) {
            fail(GrpcStatus.INTERNAL, "a unary call has one message");
        } else if (next.format() != WireFormat.PROTOBUF) {
            fail(GrpcStatus.UNIMPLEMENTED, "messages are Protocol Buffers, not JSON");
        } else {
            message = unpacked(next);
        }
    }

    /** The bytes of a message, or null after the call has failed for them. */
    private byte @Nullable [] unpacked(GrpcMessage packed) {
        byte[] bytes = packed.payload().getBytes();
        switch (packed.encoding()) {
            case "identity" -> {
                return bytes;
            }
            case NO_ENCODING -> fail(GrpcStatus.INTERNAL, "grpc: compressed flag set with identity or empty encoding");
            case "gzip" -> {
                try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                    byte[] whole = in.readNBytes(messageBytesMax + 1);
                    if (whole.length <= messageBytesMax) {
                        return whole;
                    }
                    fail(
                            GrpcStatus.RESOURCE_EXHAUSTED,
                            "grpc: received message after decompression larger than max " + messageBytesMax);
                } catch (IOException e) {
                    fail(GrpcStatus.INTERNAL, "grpc: failed to decompress the received message: " + e.getMessage());
                }
            }
            default ->
                fail(
                        GrpcStatus.UNIMPLEMENTED,
                        "grpc: Decompressor is not installed for grpc-encoding \"" + packed.encoding() + "\"");
        }
        return null;
    }

    /** The client has given up by then, and so does the call; what was submitted stays so. */
    private void observeDeadline() {
        if (request.headers().contains(GrpcHeaderNames.GRPC_TIMEOUT)) {
            String text =
                    "the deadline has passed; it is not known whether the call took effect, look before trying again";
            if (request.timeout() <= 0) {
                fail(GrpcStatus.DEADLINE_EXCEEDED, "the deadline has passed, or is not one; nothing was changed");
            } else {
                timer = vertx.setTimer(request.timeout(), id -> fail(GrpcStatus.DEADLINE_EXCEEDED, text));
            }
        }
    }

    private Future<GrpcReply> invoke(GrpcMethod method, Caller caller, byte[] bytes) {
        if (done) {
            return Future.failedFuture(new Failure.Carrier(new Failure.ClientGone()));
        }
        try {
            String appId = request.headers().get("dapr-app-id");
            return method.body().call(new Sender(caller, appId == null ? "" : appId), bytes);
        } catch (InvalidProtocolBufferException e) {
            fail(GrpcStatus.INTERNAL, "grpc: error unmarshalling request: " + e.getMessage());
            return Future.failedFuture(e);
        }
    }

    private void answer(GrpcReply reply) {
        if (end()) {
            if (reply.index() != GrpcReply.NONE) {
                response.headers().set("lockgrid-index", Long.toString(reply.index()));
                response.headers().set("lockgrid-cluster-time", Long.toString(reply.clusterTimeMillis()));
            }
            if (reply.token() != GrpcReply.NONE) {
                response.headers().set("lockgrid-fencing-token", Long.toString(reply.token()));
            }
            response.end(Buffer.buffer(reply.message().toByteArray()));
        }
    }

    private void fail(GrpcMethod method, Throwable cause) {
        if (done) {
            return;
        }
        Failure failure = cause instanceof DaprError.Refusal ? null : Failure.of(cause);
        if (failure instanceof Failure.Defect) {
            LOG.error("{} failed", request.fullMethodName(), cause);
        } else if (failure instanceof Failure.Unauthenticated(String why)) {
            response.trailers().set("grpc-status-details-bin", details(why.isEmpty()));
        }
        DaprError error = DaprError.of(method.operation(), cause);
        fail(error.grpcStatus(), error.message());
    }

    /** As the runtime has it (dapr/dapr, pkg/api/grpc/auth.go). */
    private static String details(boolean isMissing) {
        ErrorInfo info = ErrorInfo.newBuilder()
                .setReason("Unauthorized")
                .setDomain("dapr.io")
                .putMetadata("http.code", "401")
                .putMetadata(
                        "http.error_message",
                        isMissing
                                ? "missing api token in request metadata"
                                : "authentication error: api token mismatch")
                .build();
        Status status = Status.newBuilder()
                .setCode(GrpcStatus.UNAUTHENTICATED.code)
                .setMessage("Unauthorized")
                .addDetails(Any.pack(info))
                .build();
        return Base64.getEncoder().withoutPadding().encodeToString(status.toByteArray());
    }

    /** Ends the call with an error, unless it has ended. */
    private void fail(GrpcStatus status, String text) {
        if (end()) {
            response.status(status).statusMessage(text).end();
        }
    }

    /** Whether this ends the call; false if it has ended before. */
    private boolean end() {
        if (done) {
            return false;
        }
        done = true;
        if (counted) {
            inFlight.end();
        }
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
        }
        return true;
    }
}
