package io.lockgrid.http.dapr;

import io.lockgrid.http.auth.Authenticator;
import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.auth.Credential;
import io.lockgrid.http.dapr.DaprError.Operation;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.BadJsonException;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Deadlines;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.InFlight;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Percent;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.service.NodeStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the Dapr runtime that its lock clients need (dapr/dapr, pkg/api/http/lock.go, health.go, metadata.go).
 * Whatever is not routed, a wrong method included, falls to Dapr's service invocation, which finds no app to invoke.
 */
public final class DaprFamily implements ApiFamily {
    private static final String LOCK = "/v1.0-alpha1/lock/";
    private static final String UNLOCK = "/v1.0-alpha1/unlock/";

    private final Locks locks;
    private final DaprService service;
    private final DaprMetadata metadata;
    private final Reply metadataReply;

    /** @param stores store names that are known; empty means any */
    public DaprFamily(
            Locks locks,
            TicketIds tickets,
            long leaseMillisMax,
            Set<String> stores,
            String clusterName,
            String version) {
        this.locks = locks;
        this.service = new DaprService(locks, tickets, leaseMillisMax, stores);
        this.metadata = new DaprMetadata(stores, clusterName, version);
        this.metadataReply = metadata.reply();
    }

    /** The same over gRPC. */
    public GrpcApi grpc(
            Vertx vertx, Authenticator authenticator, Deadlines bodyDeadlines, InFlight inFlight, int messageBytesMax) {
        return new GrpcApi(vertx, authenticator, bodyDeadlines, inFlight, messageBytesMax, service, metadata);
    }

    @Override
    public List<String> firstSegments() {
        return List.of("v1.0-alpha1", "v1.0");
    }

    @Override
    public @Nullable Credential credential(Call call) {
        String token = call.header("dapr-api-token");
        return token == null ? null : new Credential(null, token);
    }

    /** As the runtime has it: slashes around the path do not count, and only GET is let through. */
    @Override
    public boolean isPublic(Call call) {
        String path = GoPath.clean(call.path());
        return call.method().equals("GET") && (path.equals("/v1.0/healthz") || path.equals("/v1.0/healthz/outbound"));
    }

    @Override
    public Future<Reply> handle(Call call) {
        String path = GoPath.clean(call.path());
        return switch (call.method()) {
            case "POST" -> post(call, path);
            case "GET" -> Future.succeededFuture(get(path));
            default -> Future.succeededFuture(DaprReplies.NOT_ROUTED);
        };
    }

    private Future<Reply> post(Call call, String path) {
        if (isStoreOf(LOCK, path)) {
            String store = store(path.substring(LOCK.length()));
            return call.body().compose(body -> lock(call.caller(), store, body));
        }
        if (isStoreOf(UNLOCK, path)) {
            String store = store(path.substring(UNLOCK.length()));
            return call.body().compose(body -> unlock(call.caller(), store, body));
        }
        return Future.succeededFuture(DaprReplies.NOT_ROUTED);
    }

    private Future<Reply> lock(Caller caller, String store, Buffer body) {
        return service.lock(caller, decode(() -> DaprRequest.ofLock(store, body)))
                .map(answer -> {
                    long token = DaprService.token(answer);
                    return token == 0
                            ? DaprReplies.HELD.from(answer)
                            : DaprReplies.LOCKED.from(answer).granting(token);
                });
    }

    private Future<Reply> unlock(Caller caller, String store, Buffer body) {
        return service.unlock(caller, decode(() -> DaprRequest.ofUnlock(store, body)))
                .map(answer ->
                        DaprReplies.unlocked(DaprService.unlocked(answer)).from(answer));
    }

    private static DaprRequest decode(Supplier<DaprRequest> decoder) {
        try {
            return decoder.get();
        } catch (BadJsonException e) {
            throw DaprError.malformed(
                    "failed deserializing HTTP body: proto: (line " + e.line() + ":" + e.column() + "): " + e.text());
        }
    }

    private Reply get(String path) {
        NodeStatus status = locks.status();
        return switch (path) {
            case "/v1.0/metadata" -> metadataReply;
            case "/v1.0/healthz" ->
                status.ready()
                        ? DaprReplies.HEALTHY
                        : DaprReplies.error(
                                500, "ERR_HEALTH_NOT_READY", "dapr is not ready: [" + status.notReady() + "]");
            case "/v1.0/healthz/outbound" ->
                status.ready()
                        ? DaprReplies.HEALTHY
                        : DaprReplies.error(500, "ERR_OUTBOUND_HEALTH_NOT_READY", "dapr outbound is not ready");
            default -> DaprReplies.NOT_ROUTED;
        };
    }

    private static boolean isStoreOf(String route, String path) {
        return path.startsWith(route) && path.indexOf('/', route.length()) < 0;
    }

    /** The store is one segment, unescaped as a query is: {@code +} is a space in it. */
    private static String store(String segment) {
        String store = Percent.decode(segment, true);
        if (store == null) {
            throw DaprError.malformed("invalid URL escape or UTF-8 in store name \"" + segment + "\"");
        }
        return store;
    }

    @Override
    public Reply failure(Call call, Failure failure) {
        DaprError error = DaprError.of(operation(call), failure);
        if (error.httpStatus() == 401) {
            return DaprReplies.UNAUTHENTICATED;
        }
        Reply reply = DaprReplies.error(error);
        boolean isOverload = error.httpStatus() == 503 && error.grpcStatus() == GrpcStatus.RESOURCE_EXHAUSTED;
        return isOverload ? reply.with("Retry-After", "1") : reply;
    }

    private static Operation operation(Call call) {
        String path = GoPath.clean(call.path());
        if (path.startsWith(LOCK)) {
            return Operation.LOCK;
        }
        return path.startsWith(UNLOCK) ? Operation.UNLOCK : Operation.OTHER;
    }
}
