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
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the Dapr runtime that its lock clients need (dapr/dapr, pkg/api/http/lock.go, health.go, metadata.go).
 * Whatever is not routed, a wrong method included, falls to Dapr's service invocation, which finds no app to invoke.
 */
public final class DaprFamily implements ApiFamily {
    private static final String LOCK = "/v1.0-alpha1/lock/";
    private static final String UNLOCK = "/v1.0-alpha1/unlock/";
    private static final String METADATA = "/v1.0/metadata";
    private static final Pattern AROUND = Pattern.compile("^/+|/+$");

    private final Locks locks;
    private final DaprService service;
    private final DaprMetadata metadata;

    public DaprFamily(Vertx vertx, Locks locks, TicketIds tickets, DaprSettings settings) {
        this.locks = locks;
        this.service = new DaprService(locks, tickets, settings.leaseMillisMax(), settings.stores());
        this.metadata = new DaprMetadata(
                settings.stores().names(),
                settings.id(),
                settings.version(),
                vertx.sharedData().getLocalMap("lockgrid.dapr.metadata." + settings.nodeId()));
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

    /** As the runtime has it: slashes around the path do not count, those within do, and only GET is let through. */
    @Override
    public boolean isPublic(Call call) {
        String path = AROUND.matcher(call.path()).replaceAll("");
        return call.method().equals("GET") && (path.equals("v1.0/healthz") || path.equals("v1.0/healthz/outbound"));
    }

    @Override
    public Future<Reply> handle(Call call) {
        String path = GoPath.clean(call.path());
        return switch (call.method()) {
            case "POST" -> post(call, path);
            case "GET" -> Future.succeededFuture(get(call, path));
            case "PUT" -> put(call, path);
            default -> Future.succeededFuture(DaprReplies.NOT_ROUTED);
        };
    }

    private Future<Reply> post(Call call, String path) {
        if (isSegmentAfter(LOCK, path)) {
            String store = unescaped(path.substring(LOCK.length()));
            return call.body().compose(body -> lock(call.caller(), () -> DaprRequest.ofLock(store, appId(call), body)));
        }
        if (isSegmentAfter(UNLOCK, path)) {
            String store = unescaped(path.substring(UNLOCK.length()));
            return call.body()
                    .compose(body -> unlock(call.caller(), () -> DaprRequest.ofUnlock(store, appId(call), body)));
        }
        return Future.succeededFuture(DaprReplies.NOT_ROUTED);
    }

    private Future<Reply> lock(Caller caller, Supplier<DaprRequest> decoder) {
        return service.lock(caller, decode(decoder)).map(answer -> {
            long token = DaprService.token(answer);
            return token == 0
                    ? DaprReplies.HELD.from(answer)
                    : DaprReplies.LOCKED.from(answer).granting(token);
        });
    }

    private Future<Reply> unlock(Caller caller, Supplier<DaprRequest> decoder) {
        return service.unlock(caller, decode(decoder))
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

    private static String appId(Call call) {
        String appId = call.header("dapr-app-id");
        return appId == null ? "" : appId;
    }

    private Reply get(Call call, String path) {
        NodeStatus status = locks.status();
        return switch (path) {
            case METADATA -> metadata.reply();
            case "/v1.0/healthz" -> {
                if (!status.ready()) {
                    yield DaprReplies.error(
                            500, "ERR_HEALTH_NOT_READY", "dapr is not ready: [" + status.notReady() + "]");
                }
                String asked = Percent.parameter(call.query(), "appid");
                yield asked == null || asked.equals(metadata.id()) ? DaprReplies.NO_CONTENT : DaprReplies.OTHER_APP;
            }
            case "/v1.0/healthz/outbound" ->
                status.ready()
                        ? DaprReplies.NO_CONTENT
                        : DaprReplies.error(500, "ERR_OUTBOUND_HEALTH_NOT_READY", "dapr outbound is not ready");
            default -> DaprReplies.NOT_ROUTED;
        };
    }

    private Future<Reply> put(Call call, String path) {
        if (!isSegmentAfter(METADATA + "/", path)) {
            return Future.succeededFuture(DaprReplies.NOT_ROUTED);
        }
        call.caller().checkUse();
        String key = unescaped(path.substring(METADATA.length() + 1));
        return call.body().map(body -> {
            metadata.put(key, body.toString());
            return DaprReplies.NO_CONTENT;
        });
    }

    private static boolean isSegmentAfter(String route, String path) {
        return path.startsWith(route) && path.indexOf('/', route.length()) < 0;
    }

    /** A segment is unescaped as a query is: {@code +} is a space in it. */
    private static String unescaped(String segment) {
        String text = Percent.decode(segment, true);
        if (text == null) {
            throw DaprError.malformed("invalid URL escape or UTF-8 in \"" + segment + "\"");
        }
        return text;
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
