package io.lockgrid.bench.wire;

import io.netty.handler.codec.http.HttpMethod;
import java.util.concurrent.CompletableFuture;

/**
 * The locks of OpenSearch's Job Scheduler. A grant's ticket is the {@code primary_term} that names it with its token.
 */
public final class OpenSearchClient implements LockClient {
    private static final String PLUGIN = "/_plugins/_job_scheduler/";
    private static final String INDEX = "bench";

    private final HttpConnection connection;

    public OpenSearchClient(HttpConnection connection) {
        this.connection = connection;
    }

    @Override
    public CompletableFuture<Grant> acquire(String lock, String owner, int leaseSeconds) {
        String body = "{\"job_index_name\":\"" + INDEX + "\",\"job_id\":\"" + lock + "\",\"lock_duration_seconds\":"
                + leaseSeconds + "}";
        return connection.send(HttpMethod.GET, PLUGIN + "_lock", body).thenApply(answer -> {
            Answers.check("acquire", answer, 200);
            return grant(lock, owner, answer);
        });
    }

    @Override
    public CompletableFuture<?> release(Grant grant) {
        return connection
                .send(HttpMethod.PUT, PLUGIN + "_release_lock/" + INDEX + "-" + grant.lock(), null)
                .thenAccept(answer -> Answers.check("release", answer, 200));
    }

    /** Lets the lease begin anew; the grant that is answered is the one to go on with. */
    public CompletableFuture<Grant> renew(Grant grant) {
        String path = PLUGIN + "_renew_lock/" + INDEX + "-" + grant.lock() + "?if_seq_no=" + grant.token()
                + "&if_primary_term=" + grant.ticket();
        return connection.send(HttpMethod.PUT, path, null).thenApply(answer -> {
            Answers.check("renew", answer, 200);
            return grant(grant.lock(), grant.owner(), answer);
        });
    }

    /** All locks of the grid. */
    public CompletableFuture<Response> list() {
        return connection.send(HttpMethod.GET, PLUGIN + "api/locks", null).thenApply(answer -> {
            Answers.check("list", answer, 200);
            return answer;
        });
    }

    private static Grant grant(String lock, String owner, Response answer) {
        return new Grant(lock, owner, String.valueOf(Answers.member(answer, "primary_term")), Answers.token(answer));
    }
}
