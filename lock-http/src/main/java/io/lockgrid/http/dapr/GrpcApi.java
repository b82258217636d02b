package io.lockgrid.http.dapr;

import com.google.protobuf.InvalidProtocolBufferException;
import io.dapr.v1.DaprProtos;
import io.lockgrid.http.auth.Authenticator;
import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.dapr.DaprError.Operation;
import io.lockgrid.http.wire.Deadlines;
import io.lockgrid.http.wire.InFlight;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.Map;

/**
 * The service {@code dapr.proto.runtime.v1.Dapr} as far as clients need it for locks (dapr/dapr,
 * dapr/proto/runtime/v1/dapr.proto), on the port of the HTTP APIs. One for each event loop.
 */
public final class GrpcApi implements Handler<HttpServerRequest> {
    private static final String SERVICE = "dapr.proto.runtime.v1.Dapr";

    private final Vertx vertx;
    private final Authenticator authenticator;
    private final Deadlines bodyDeadlines;
    private final InFlight inFlight;
    private final int messageBytesMax;
    private final GrpcServer server;
    private final Map<String, GrpcMethod> methods;

    GrpcApi(
            Vertx vertx,
            Authenticator authenticator,
            Deadlines bodyDeadlines,
            InFlight inFlight,
            int messageBytesMax,
            DaprService service,
            DaprMetadata metadata) {
        this.vertx = vertx;
        this.authenticator = authenticator;
        this.bodyDeadlines = bodyDeadlines;
        this.inFlight = inFlight;
        this.messageBytesMax = messageBytesMax;
        this.methods = methods(service, metadata);
        GrpcServerOptions options = new GrpcServerOptions().setMaxMessageSize(messageBytesMax);
        for (GrpcProtocol other :
                new GrpcProtocol[] {GrpcProtocol.WEB, GrpcProtocol.WEB_TEXT, GrpcProtocol.TRANSCODING}) {
            options.removeEnabledProtocol(other);
        }
        this.server = GrpcServer.server(vertx, options).callHandler(this::call);
    }

    /** Whether a request is a gRPC call; the HTTP APIs, which have the same port, ignore the content type. */
    public static boolean isCall(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && request.version() == HttpVersion.HTTP_2 && type.startsWith("application/grpc");
    }

    @Override
    public void handle(HttpServerRequest request) {
        server.handle(request);
    }

    private void call(GrpcServerRequest<Buffer, Buffer> request) {
        GrpcMethod method = methods.get(request.fullMethodName());
        GrpcCall call = new GrpcCall(vertx, request, inFlight, messageBytesMax);
        if (method == null) {
            String service = request.serviceName().fullyQualifiedName();
            call.fail(
                    GrpcStatus.UNIMPLEMENTED,
                    service.equals(SERVICE)
                            ? "unknown method " + request.methodName() + " for service " + service
                            : "unknown service " + service);
        } else {
            call.serve(method, authenticator, bodyDeadlines);
        }
    }

    private static Map<String, GrpcMethod> methods(DaprService service, DaprMetadata metadata) {
        GrpcReply known = new GrpcReply(metadata.message(), GrpcReply.NONE, GrpcReply.NONE);
        return Map.of(
                SERVICE + "/TryLockAlpha1",
                new GrpcMethod(Operation.LOCK, (caller, message) -> lock(service, caller, message)),
                SERVICE + "/UnlockAlpha1",
                new GrpcMethod(Operation.UNLOCK, (caller, message) -> unlock(service, caller, message)),
                SERVICE + "/GetMetadata",
                new GrpcMethod(Operation.OTHER, (caller, message) -> Future.succeededFuture(known)));
    }

    private static Future<GrpcReply> lock(DaprService service, Caller caller, byte[] message)
            throws InvalidProtocolBufferException {
        DaprProtos.TryLockRequest request = DaprProtos.TryLockRequest.parseFrom(message);
        DaprRequest wanted = new DaprRequest(
                request.getStoreName(), request.getResourceId(), request.getLockOwner(), request.getExpiryInSeconds());
        return service.lock(caller, wanted).map(answer -> {
            long token = DaprService.token(answer);
            return new GrpcReply(
                    DaprProtos.TryLockResponse.newBuilder()
                            .setSuccess(token != 0)
                            .build(),
                    answer.index(),
                    token);
        });
    }

    private static Future<GrpcReply> unlock(DaprService service, Caller caller, byte[] message)
            throws InvalidProtocolBufferException {
        DaprProtos.UnlockRequest request = DaprProtos.UnlockRequest.parseFrom(message);
        DaprRequest wanted =
                new DaprRequest(request.getStoreName(), request.getResourceId(), request.getLockOwner(), 0);
        return service.unlock(caller, wanted)
                .map(answer -> new GrpcReply(
                        DaprProtos.UnlockResponse.newBuilder()
                                .setStatus(DaprService.unlocked(answer))
                                .build(),
                        answer.index(),
                        GrpcReply.NONE));
    }
}
