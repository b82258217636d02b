package io.lockgrid.http.health;

import io.lockgrid.http.auth.Credential;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Problem;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.service.NodeStatus;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /livez}: the process answers, nothing more; restart it when it does not. {@code /readyz}: it serves requests,
 * or 503 and why not; send it none meanwhile.
 */
public final class HealthFamily implements ApiFamily {
    private static final String JSON = "application/json";
    private static final Reply ALIVE = Reply.of(200, JSON, Json.text("{\"status\":\"ok\"}"));
    private static final Reply READY = Reply.of(200, JSON, Json.text("{\"status\":\"ready\"}"));

    private final Locks locks;

    public HealthFamily(Locks locks) {
        this.locks = locks;
    }

    @Override
    public List<String> firstSegments() {
        return List.of("livez", "readyz");
    }

    @Override
    public @Nullable Credential credential(Call call) {
        return null;
    }

    @Override
    public boolean isPublic(Call call) {
        return true;
    }

    @Override
    public Future<Reply> handle(Call call) {
        return Future.succeededFuture(reply(call));
    }

    private Reply reply(Call call) {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            return Problem.wrongMethod(call, "GET, HEAD");
        }
        return switch (call.path()) {
            case "/livez" -> ALIVE;
            case "/readyz" -> ready(locks.status());
            default -> Problem.noSuchRoute(call);
        };
    }

    private static Reply ready(NodeStatus status) {
        if (status.ready()) {
            return READY;
        }
        return Reply.of(503, JSON, Json.object(out -> {
            out.writeStringField("status", "not ready");
            out.writeStringField("reason", status.notReady());
        }));
    }

    @Override
    public Reply failure(Call call, Failure failure) {
        return Problem.of(failure);
    }
}
