package io.lockgrid.http.v1;

import io.lockgrid.http.auth.Credential;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Problem;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.service.NodeStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/status}: what this node knows of itself and of the grid, without asking the log; {@code /v1/tokens}:
 * see {@link TokenRoutes}.
 */
public final class V1Family implements ApiFamily {
    private final Locks locks;
    private final TokenRoutes tokens;
    private final String clusterName;
    private final String version;

    public V1Family(Locks locks, String clusterName, String version) {
        this.locks = locks;
        this.tokens = new TokenRoutes(locks);
        this.clusterName = clusterName;
        this.version = version;
    }

    @Override
    public List<String> firstSegments() {
        return List.of("v1");
    }

    @Override
    public @Nullable Credential credential(Call call) {
        return Credential.bearer(call);
    }

    @Override
    public Future<Reply> handle(Call call) {
        boolean isTokens = call.path().equals(TokenRoutes.PATH) || call.path().startsWith(TokenRoutes.PATH + "/");
        return isTokens ? tokens.handle(call) : Future.succeededFuture(reply(call));
    }

    private Reply reply(Call call) {
        if (!call.path().equals("/v1/status")) {
            return Problem.noSuchRoute(call);
        }
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            return Problem.wrongMethod(call, "GET, HEAD");
        }
        return Reply.of(200, "application/json", status(locks.status()));
    }

    private Buffer status(NodeStatus status) {
        LockSpace space = status.space();
        return Json.object(out -> {
            out.writeStringField("node", status.id());
            out.writeStringField("role", status.role().name().toLowerCase(Locale.ROOT));
            out.writeStringField("leader", status.leader().orElse(null));
            out.writeNumberField("term", status.term());
            out.writeNumberField("appliedIndex", status.appliedIndex());
            out.writeNumberField("clusterTimeMillis", space.clusterTimeMillis());
            out.writeBooleanField("ready", status.ready());
            out.writeStringField("notReady", status.ready() ? null : status.notReady());
            out.writeNumberField("locksHeld", space.heldCount());
            out.writeNumberField("locksKnown", space.lockCount());
            out.writeNumberField("waiters", space.waiterCount());
            out.writeStringField("version", version);
            out.writeStringField("cluster", clusterName);
        });
    }

    @Override
    public Reply failure(Call call, Failure failure) {
        return Problem.of(failure);
    }
}
