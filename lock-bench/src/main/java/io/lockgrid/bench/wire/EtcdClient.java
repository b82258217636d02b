package io.lockgrid.bench.wire;

import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * etcd's lock service over its JSON gateway, as etcd 3.4 has it: names and keys are base64, 64-bit numbers are texts. A
 * lock that is held is waited for. It holds by a lease, which each client has one of, longer than any run.
 */
final class EtcdClient implements LockClient {
    private static final int LEASE_SECONDS = 3_600;

    private final HttpConnection connection;
    private @Nullable String lease;

    EtcdClient(HttpConnection connection) {
        this.connection = connection;
    }

    @Override
    public CompletableFuture<Grant> acquire(String lock, String owner, int leaseSeconds) {
        if (lease == null) {
            return grantLease().thenCompose(done -> acquire(lock, owner, leaseSeconds));
        }
        String name = Base64.getEncoder().encodeToString(lock.getBytes(StandardCharsets.UTF_8));
        String body = "{\"name\":\"" + name + "\",\"lease\":\"" + lease + "\"}";
        return connection.send(HttpMethod.POST, "/v3/lock/lock", body).thenApply(answer -> {
            Answers.check("acquire", answer, 200);
            return new Grant(lock, owner, member(answer, "key"), 0);
        });
    }

    @Override
    public CompletableFuture<?> release(Grant grant) {
        String body = "{\"key\":\"" + grant.ticket() + "\"}";
        return connection
                .send(HttpMethod.POST, "/v3/lock/unlock", body)
                .thenAccept(answer -> Answers.check("release", answer, 200));
    }

    private CompletableFuture<?> grantLease() {
        String body = "{\"TTL\":\"" + LEASE_SECONDS + "\"}";
        return connection.send(HttpMethod.POST, "/v3/lease/grant", body).thenAccept(answer -> {
            Answers.check("lease", answer, 200);
            lease = member(answer, "ID");
        });
    }

    private static String member(Response answer, String name) {
        String value = Answers.member(answer, name);
        if (value == null) {
            throw new CallFailedException("answer has no " + name);
        }
        return value;
    }
}
