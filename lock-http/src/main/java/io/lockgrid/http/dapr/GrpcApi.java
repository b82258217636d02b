package io.lockgrid.http.dapr;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import io.dapr.v1.DaprProtos.SetMetadataRequest;
import io.dapr.v1.DaprProtos.TryLockRequest;
import io.dapr.v1.DaprProtos.TryLockResponse;
import io.dapr.v1.DaprProtos.UnlockRequest;
import io.dapr.v1.DaprProtos.UnlockResponse;
import io.lockgrid.http.auth.Authenticator;
import io.lockgrid.http.dapr.DaprError.Operation;
import io.lockgrid.http.dapr.GrpcMethod.Sender;
import io.lockgrid.http.wire.Deadlines;
import io.lockgrid.http.wire.InFlight;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.Map;

/**
 * The service {@code dapr.proto.runtime.v1.Dapr} as far as clients need it for locks (dapr/dapr,
 * dapr/proto/runtime/v1/dapr.proto), on the port of the HTTP APIs. One for each event loop.
 */
public final class GrpcApi implements Handler<HttpServerRequest> {
    private static final ServiceName SERVICE = ServiceName.create("dapr.proto.runtime.v1", "Dapr");

    private final Vertx vertx;
    private final Authenticator authenticator;
    private final Deadlines bodyDeadlines;
    private final InFlight inFlight;
    private final int messageBytesMax;
    private final GrpcServer server;

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
        GrpcServerOptions options = new GrpcServerOptions().setMaxMessageSize(messageBytesMax);
        for (GrpcProtocol other :
                new GrpcProtocol[] {GrpcProtocol.WEB, GrpcProtocol.WEB_TEXT, GrpcProtocol.TRANSCODING}) {
            options.removeEnabledProtocol(other);
        }
        this.server = GrpcServer.server(vertx, options);
        methods(service, metadata).forEach(this::add);
    }

    private void add(String name, GrpcMethod method) {
        server.callHandler(
                ServiceMethod.server(SERVICE, name, GrpcMessageEncoder.IDENTITY, GrpcMessageDecoder.IDENTITY),
                request -> new GrpcCall(vertx, request, inFlight, messageBytesMax)
                        .serve(method, authenticator, bodyDeadlines));
    }

    /** Whether a request is a gRPC call; the HTTP APIs, which have the same port, ignore the content type. */
    public static boolean isCall(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && request.version() == HttpVersion.HTTP_2 && type.startsWith("application/grpc");
    }

    @Override
    public void handle(HttpServerRequest request) {
        String encoding = request.getHeader(GrpcHeaderNames.GRPC_ENCODING);
        if (encoding == null || encoding.equals("identity")) {
            // The server cannot read on behind a message that is flagged as compressed where none should be.
            request.headers().set(GrpcHeaderNames.GRPC_ENCODING, GrpcCall.NO_ENCODING);
        }
        server.handle(request);
    }

    private static Map<String, GrpcMethod> methods(DaprService service, DaprMetadata metadata) {
        return Map.of(
                "TryLockAlpha1",
                new GrpcMethod(Operation.LOCK, (from, message) -> lock(service, from, message)),
                "UnlockAlpha1",
                new GrpcMethod(Operation.UNLOCK, (from, message) -> unlock(service, from, message)),
                "GetMetadata",
                new GrpcMethod(Operation.OTHER, (from, message) -> GrpcReply.of(metadata.message())),
                "SetMetadata",
                new GrpcMethod(Operation.OTHER, (from, message) -> setMetadata(metadata, from, message)));
    }

    private static Future<GrpcReply> lock(DaprService service, Sender from, byte[] message)
            throws InvalidProtocolBufferException {
        TryLockRequest request = TryLockRequest.parseFrom(message);
        DaprRequest wanted = new DaprRequest(
                request.getStoreName(),
                from.appId(),
                request.getResourceId(),
                request.getLockOwner(),
                request.getExpiryInSeconds());
        return service.lock(from.caller(), wanted).map(answer -> {
            long token = DaprService.token(answer);
            TryLockResponse response =
                    TryLockResponse.newBuilder().setSuccess(token != 0).build();
            return new GrpcReply(response, answer.index(), answer.clusterTimeMillis(), token);
        });
    }

    private static Future<GrpcReply> unlock(DaprService service, Sender from, byte[] message)
            throws InvalidProtocolBufferException {
        UnlockRequest request = UnlockRequest.parseFrom(message);
        DaprRequest wanted = new DaprRequest(
                request.getStoreName(), from.appId(), request.getResourceId(), request.getLockOwner(), 0);
        return service.unlock(from.caller(), wanted).map(answer -> {
            UnlockResponse response = UnlockResponse.newBuilder()
                    .setStatus(DaprService.unlocked(answer))
                    .build();
            return new GrpcReply(response, answer.index(), answer.clusterTimeMillis(), GrpcReply.NONE);
        });
    }

    private static Future<GrpcReply> setMetadata(DaprMetadata metadata, Sender from, byte[] message)
            throws InvalidProtocolBufferException {
        SetMetadataRequest request = SetMetadataRequest.parseFrom(message);
        from.caller().checkUse();
        metadata.put(request.getKey(), request.getValue());
        return GrpcReply.of(Empty.getDefaultInstance());
    }
}
