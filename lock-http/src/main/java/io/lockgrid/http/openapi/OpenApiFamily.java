package io.lockgrid.http.openapi;

import io.lockgrid.http.auth.Credential;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Problem;
import io.lockgrid.http.wire.Reply;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /openapi.json}, for everybody. */
public final class OpenApiFamily implements ApiFamily {
    private static final String PATH = "/openapi.json";

    private final Reply document;

    /** @param document of {@link OpenApiDocument#reply} */
    public OpenApiFamily(Reply document) {
        this.document = document;
    }

    @Override
    public List<String> firstSegments() {
        return List.of("openapi.json");
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
        if (!call.path().equals(PATH)) {
            return Problem.noSuchRoute(call);
        }
        boolean isRead = call.method().equals("GET") || call.method().equals("HEAD");
        return isRead ? document : Problem.wrongMethod(call, "GET, HEAD");
    }

    @Override
    public Reply failure(Call call, Failure failure) {
        return Problem.of(failure);
    }
}
