package io.lockgrid.http.opensearch;

import io.lockgrid.http.auth.Credential;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.JsonStyle;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Percent;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lock routes of the Job Scheduler plugin, and {@code /}. Everything that can be wrong with a request is looked at
 * before the lock is touched.
 */
public final class OpenSearchFamily implements ApiFamily {
    private static final String BASE = "/_plugins/_job_scheduler/";

    private final LockHandlers handlers;
    private final Reply root;

    public OpenSearchFamily(
            Locks locks, TicketIds tickets, long leaseMillisMax, String nodeId, String clusterName, String version) {
        this.handlers = new LockHandlers(locks, tickets, leaseMillisMax);
        this.root = RootInfo.reply(nodeId, clusterName, version);
    }

    @Override
    public List<String> firstSegments() {
        return List.of("_plugins", "");
    }

    /** What a path can be. */
    private enum Route {
        ROOT("GET,HEAD"),
        LIST("GET"),
        // The original takes GET only, though many a client cannot send a body with it.
        ACQUIRE("GET,POST"),
        RELEASE("PUT");

        private final String allowed;

        Route(String allowed) {
            this.allowed = allowed;
        }

        boolean allows(String method) {
            return List.of(allowed.split(",", -1)).contains(method);
        }
    }

    /** Basic with an access token as the password, or Bearer. */
    @Override
    public @Nullable Credential credential(Call call) {
        Credential bearer = Credential.bearer(call);
        return bearer == null ? Credential.basic(call) : bearer;
    }

    @Override
    public Future<Reply> handle(Call call) {
        List<String> segments = segments(call.path());
        Route route = route(call.path(), segments);
        if (route == null) {
            return Future.succeededFuture(OpenSearchReplies.noHandler(call.method(), call.uri()));
        }
        if (call.method().equals("OPTIONS")) {
            return Future.succeededFuture(OpenSearchReplies.options(route.allowed));
        }
        if (!route.allows(call.method())) {
            return Future.succeededFuture(OpenSearchReplies.wrongMethod(call.method(), call.uri(), route.allowed));
        }
        if (call.hasBody() && !call.contentType().isEmpty() && !isJson(call.contentType())) {
            throw OpenSearchReplies.unsupportedContentType(call.contentType());
        }
        Set<String> known = route == Route.LIST ? Set.of("lock_id") : Set.of();
        Parameters parameters = Parameters.read(call.path(), call.query(), known);
        return switch (route) {
            case ROOT -> Future.succeededFuture(root);
            case LIST -> handlers.list(segments.size() > 2 ? segments.get(2) : parameters.get("lock_id"), style(call));
            case ACQUIRE -> call.body().compose(handlers::acquire);
            case RELEASE -> handlers.release(segments.get(1));
        };
    }

    /** Plain or with a suffix, as in {@code application/vnd.opensearch+json}. */
    private static boolean isJson(String contentType) {
        return contentType.equals("application/json") || contentType.endsWith("+json");
    }

    private static @Nullable Route route(String path, List<String> segments) {
        if (path.equals("/")) {
            return Route.ROOT;
        }
        int size = segments.size();
        String first = size == 0 ? "" : segments.getFirst();
        if (first.equals("_lock") && size == 1) {
            return Route.ACQUIRE;
        }
        if (first.equals("_release_lock") && size == 2) {
            return Route.RELEASE;
        }
        boolean isList = first.equals("api")
                && (size == 2 || size == 3)
                && segments.get(1).equals("locks");
        return isList ? Route.LIST : null;
    }

    /** What comes after the plugin's name, decoded; empty segments do not count, a {@code +} is itself. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        if (!path.startsWith(BASE)) {
            return segments;
        }
        for (String segment : path.substring(BASE.length()).split("/", -1)) {
            String text = Percent.decode(segment, false);
            if (text == null) {
                throw OpenSearchReplies.badEscape(segment);
            }
            if (!text.isEmpty()) {
                segments.add(text);
            }
        }
        return segments;
    }

    private static JsonStyle style(Call call) {
        return Parameters.style(call.query(), call.path().equals("/") ? JsonStyle.PRETTY : JsonStyle.COMPACT);
    }

    @Override
    public Reply failure(Call call, Failure failure) {
        return OpenSearchReplies.failure(failure);
    }

    /** Lays the body out as it was asked for, and adds what every response of OpenSearch has. */
    @Override
    public Reply finish(Call call, Reply reply) {
        boolean isWhole = reply.more() == null
                && reply.body().length() > 0
                && reply.contentType().equals(OpenSearchReplies.JSON);
        Reply laidOut = isWhole && style(call) == JsonStyle.PRETTY ? reply.withBody(Json.pretty(reply.body())) : reply;
        Reply finished = laidOut.with("X-OpenSearch-Version", "OpenSearch/" + RootInfo.VERSION + " (opensearch)");
        String opaqueId = call.header("X-Opaque-Id");
        return opaqueId == null ? finished : finished.with("X-Opaque-Id", opaqueId);
    }
}
