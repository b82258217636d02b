package io.lockgrid.http.opensearch;

import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.auth.Credential;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Rejection;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lock routes of the Job Scheduler plugin, and what its clients ask of the cluster. Everything that can be wrong
 * with a request is looked at before the lock is touched.
 */
public final class OpenSearchFamily implements ApiFamily {
    private final Locks locks;
    private final AcquireHandler acquire;
    private final HoldHandlers holds;
    private final ClusterHealth health;
    private final NodeInfo nodes;
    private final Reply root;

    /** @param httpAddresses by the ids of all nodes, where clients reach their APIs; empty if nobody said */
    public OpenSearchFamily(
            Locks locks,
            TicketIds tickets,
            long leaseMillisMax,
            String nodeId,
            String clusterName,
            String version,
            Map<String, String> httpAddresses) {
        this.locks = locks;
        this.acquire = new AcquireHandler(locks, tickets, leaseMillisMax);
        this.holds = new HoldHandlers(locks, leaseMillisMax);
        this.health = new ClusterHealth(locks, clusterName);
        this.nodes = new NodeInfo(nodeId, clusterName, httpAddresses);
        this.root = RootInfo.reply(nodeId, clusterName, version);
    }

    @Override
    public List<String> firstSegments() {
        return List.of("_plugins", "_cluster", "_nodes", "");
    }

    /** Basic with an access token as the password, or Bearer. */
    @Override
    public @Nullable Credential credential(Call call) {
        Credential bearer = Credential.bearer(call);
        return bearer == null ? Credential.basic(call) : bearer;
    }

    /** What may be sent to a route is no secret: a browser asks before it has asked for a password. */
    @Override
    public boolean isPublic(Call call) {
        return call.method().equals("OPTIONS");
    }

    @Override
    public Future<Reply> handle(Call call) {
        Route.Target target = Route.at(call.path());
        if (target == null) {
            return Future.succeededFuture(OpenSearchReplies.noHandler(call.method(), call.uri()));
        }
        Route route = target.route();
        if (call.method().equals("OPTIONS")) {
            return Future.succeededFuture(OpenSearchReplies.options(route.allowed()));
        }
        if (!route.allows(call.method())) {
            return Future.succeededFuture(OpenSearchReplies.wrongMethod(call.method(), call.uri(), route.allowed()));
        }
        if (call.hasBody() && !call.contentType().isEmpty() && !isJson(call.contentType())) {
            throw OpenSearchReplies.unsupportedContentType(call.contentType());
        }
        Parameters parameters = Parameters.read(call.query());
        parameters.check(call.path(), route.parameters());
        String argument = target.argument();
        return switch (route) {
            case ROOT -> Future.succeededFuture(root);
            case HEALTH -> health.handle(parameters);
            case NODES -> Future.succeededFuture(nodes.http());
            case LIST -> list(call, argument == null ? parameters.get("lock_id") : argument);
            case JOBS -> jobs(call, parameters);
            case ACQUIRE -> acquire.handle(call, parameters);
            case RELEASE -> holds.release(call, String.valueOf(argument), parameters);
            case RENEW -> holds.renew(call, String.valueOf(argument), parameters);
        };
    }

    /** @param id of the lock to show, or null for all */
    private Future<Reply> list(Call call, @Nullable String id) {
        Caller caller = call.caller();
        caller.checkUse();
        if (id == null) {
            Presentation presentation = presentation(call);
            return locks.read()
                    .map(view -> LockListing.all(view.space(), caller.namespaces(), presentation)
                            .from(view));
        }
        if (id.indexOf('-') < 0) {
            throw OpenSearchReplies.illegalArgument("Lock ID must be in format 'index-jobid'");
        }
        return locks.read()
                .map(view ->
                        LockListing.one(view.space(), id, caller.namespaces()).from(view));
    }

    private Future<Reply> jobs(Call call, Parameters parameters) {
        call.caller().checkUse();
        return Future.succeededFuture(nodes.jobs(parameters.checkFlag("by_node")));
    }

    /** Plain or with a suffix, as in {@code application/vnd.opensearch+json}. */
    private static boolean isJson(String contentType) {
        return contentType.equals("application/json") || contentType.endsWith("+json");
    }

    @Override
    public Reply failure(Call call, Failure failure) {
        return OpenSearchReplies.failure(failure, permission(call.path()));
    }

    private static String permission(String path) {
        try {
            Route.Target target = Route.at(path);
            return target == null ? "" : target.route().permission();
        } catch (Rejection e) {
            return "";
        }
    }

    private static Presentation presentation(Call call) {
        Parameters parameters = Parameters.read(call.query());
        BodyFormat format = BodyFormat.of(parameters.get("format"), call.header("Accept"));
        return Presentation.of(parameters, format, call.path().equals("/"));
    }

    /** Gives the body the form that was asked for, and adds what every response of OpenSearch has. */
    @Override
    public Reply finish(Call call, Reply reply) {
        Reply presented = presentation(call).present(reply);
        boolean isEmpty = presented.more() == null && presented.body().length() == 0;
        Reply finished =
                isEmpty || !Gzip.isAccepted(call.header("Accept-Encoding")) ? presented : Gzip.compress(presented);
        String opaqueId = call.header("X-Opaque-Id");
        return (opaqueId == null ? finished : finished.with("X-Opaque-Id", opaqueId))
                .with("X-OpenSearch-Version", "OpenSearch/" + RootInfo.VERSION + " (opensearch)");
    }
}
