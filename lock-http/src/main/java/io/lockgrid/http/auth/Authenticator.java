package io.lockgrid.http.auth;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Finds out who sent a request. One for each event loop; never blocks it. */
@FunctionalInterface
public interface Authenticator {
    /** Takes everybody as they come. */
    Authenticator OPEN = credential -> Future.succeededFuture(Caller.ANYONE);

    /**
     * Finds the caller.
     *
     * @param credential what the request shows, or null if it shows none
     * @return the caller; fails with a {@link io.lockgrid.http.wire.Failure.Carrier} of
     *     {@link io.lockgrid.http.wire.Failure.Unauthenticated} if there is none, or of
     *     {@link io.lockgrid.http.wire.Failure.TooManyRequests} if they call too often
     */
    Future<Caller> authenticate(@Nullable Credential credential);
}
