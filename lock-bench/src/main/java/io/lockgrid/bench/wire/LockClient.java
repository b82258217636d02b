package io.lockgrid.bench.wire;

import java.util.concurrent.CompletableFuture;

/** One client of one lock API. All fails with {@link CallFailedException}, also where a lock is refused. */
public interface LockClient {
    /** Takes a lock that is free; where the API can wait for one that is not, it does. */
    CompletableFuture<Grant> acquire(String lock, String owner, int leaseSeconds);

    /** Gives it back. */
    CompletableFuture<?> release(Grant grant);
}
