package io.lockgrid.bench.wire;

import io.netty.handler.codec.http.HttpMethod;
import java.util.concurrent.CompletableFuture;

/** The Dapr lock API over HTTP. Names and owners are made by the driver and need no escape. */
final class DaprClient implements LockClient {
    private static final String LOCK = "/v1.0-alpha1/lock/bench";
    private static final String UNLOCK = "/v1.0-alpha1/unlock/bench";

    private final HttpConnection connection;

    DaprClient(HttpConnection connection) {
        this.connection = connection;
    }

    @Override
    public CompletableFuture<Grant> acquire(String lock, String owner, int leaseSeconds) {
        String body = "{\"resourceId\":\"" + lock + "\",\"lockOwner\":\"" + owner + "\",\"expiryInSeconds\":"
                + leaseSeconds + "}";
        return connection.send(HttpMethod.POST, LOCK, body).thenApply(answer -> {
            Answers.check("acquire", answer, 200);
            Answers.check("acquire: refused", answer.text().equals("{\"success\":true}"));
            return new Grant(lock, owner, "", Answers.token(answer));
        });
    }

    @Override
    public CompletableFuture<?> release(Grant grant) {
        String body = "{\"resourceId\":\"" + grant.lock() + "\",\"lockOwner\":\"" + grant.owner() + "\"}";
        return connection.send(HttpMethod.POST, UNLOCK, body).thenAccept(answer -> {
            Answers.check("release", answer, 200);
            Answers.check("release: refused", answer.text().equals("{\"status\":0}"));
        });
    }
}
