package io.lockgrid.bench.wire;

import io.netty.handler.codec.http.HttpMethod;
import java.util.concurrent.CompletableFuture;

/** What a node of LockGrid tells of the grid without asking the log. */
public final class GridStatus {
    private final HttpConnection connection;

    public GridStatus(HttpConnection connection) {
        this.connection = connection;
    }

    /** How many locks are held, as this node sees it. */
    public CompletableFuture<Long> locksHeld() {
        return connection.send(HttpMethod.GET, "/v1/status", null).thenApply(answer -> {
            Answers.check("status", answer, 200);
            return Long.parseLong(String.valueOf(Answers.member(answer, "locksHeld")));
        });
    }
}
