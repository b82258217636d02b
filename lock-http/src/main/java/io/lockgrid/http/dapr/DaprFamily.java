package io.lockgrid.http.dapr;

import io.lockgrid.http.auth.Credential;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Percent;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.service.NodeStatus;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the Dapr runtime that its lock clients need (dapr/dapr, pkg/api/http/lock.go, health.go, metadata.go).
 * Whatever is not routed, a wrong method included, falls to Dapr's service invocation, which finds no app to invoke.
 */
public final class DaprFamily implements ApiFamily {
    private static final String LOCK = "/v1.0-alpha1/lock/";
    private static final String UNLOCK = "/v1.0-alpha1/unlock/";

    private final Locks locks;
    private final LockHandlers handlers;
    private final Reply metadata;

    /** @param stores store names that are known; empty means any */
    public DaprFamily(
            Locks locks,
            TicketIds tickets,
            long leaseMillisMax,
            Set<String> stores,
            String clusterName,
            String version) {
        this.locks = locks;
        this.handlers = new LockHandlers(locks, tickets, leaseMillisMax, stores);
        this.metadata = DaprMetadata.reply(stores, clusterName, version);
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
            return call.body().compose(body -> handlers.lock(call.caller(), store, body));
        }
        if (isStoreOf(UNLOCK, path)) {
            String store = store(path.substring(UNLOCK.length()));
            return call.body().compose(body -> handlers.unlock(call.caller(), store, body));
        }
        return Future.succeededFuture(DaprReplies.NOT_ROUTED);
    }

    private Reply get(String path) {
        NodeStatus status = locks.status();
        return switch (path) {
            case "/v1.0/metadata" -> metadata;
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
            throw DaprReplies.malformed("invalid URL escape or UTF-8 in store name \"" + segment + "\"");
        }
        return store;
    }

    @Override
    public Reply failure(Call call, Failure failure) {
        return switch (failure) {
            case Failure.BodyTooLarge tooLarge -> bodyRead(400, "stream too large");
            case Failure.BodyTooSlow(Duration bound) ->
                bodyRead(408, "not complete within " + bound.toMillis() + " ms");
            case Failure.BodyCutShort cut -> bodyRead(400, "unexpected EOF");
            case Failure.Unauthenticated unauthenticated -> DaprReplies.UNAUTHENTICATED;
            case Failure.Forbidden(String caller, String what) ->
                DaprReplies.error(403, "ERR_PERMISSION_DENIED", caller + " may not use " + what);
            case Failure.NoOutcome(Failure.Kind kind, String text) -> {
                Reply reply = failed(call, 503, text);
                yield kind == Failure.Kind.OVERLOADED ? reply.with("Retry-After", "1") : reply;
            }
            case Failure.Defect defect -> failed(call, 500, "a defect of the server; see its log");
        };
    }

    private static Reply bodyRead(int status, String why) {
        return DaprReplies.error(status, "ERR_BODY_READ", "failed to read request body: " + why);
    }

    private static Reply failed(Call call, int status, String why) {
        return GoPath.clean(call.path()).startsWith(UNLOCK)
                ? DaprReplies.error(status, "ERR_UNLOCK", "failed to release lock: " + why)
                : DaprReplies.error(status, "ERR_TRY_LOCK", "failed to try acquiring lock: " + why);
    }
}
