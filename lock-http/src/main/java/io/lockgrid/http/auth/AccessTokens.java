package io.lockgrid.http.auth;

import io.lockgrid.http.wire.Failure;
import io.lockgrid.statemachine.service.LockService;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Finds callers by opaque secrets: by the owner token of this node, and by the access tokens of the grid as this node
 * has applied them. So looking one up costs no round trip, and each node takes a token from the moment on at which it
 * has applied its creation, and refuses it from the moment on at which it has applied its revocation.
 */
final class AccessTokens {
    private final Optional<OwnerToken> owner;
    private final LockService locks;

    AccessTokens(Optional<OwnerToken> owner, LockService locks) {
        this.owner = owner;
        this.locks = locks;
    }

    Future<Caller> find(String secret) {
        String hash = Secrets.hash(secret);
        if (owner.isPresent() && owner.get().matches(hash)) {
            return Future.succeededFuture(OwnerToken.OWNER);
        }
        return locks.status()
                .space()
                .accessToken(hash)
                .map(token -> Future.succeededFuture(
                        new Caller(token.name(), token.role(), new Namespaces(token.namespaces()))))
                .orElseGet(
                        () -> Future.failedFuture(new Failure.Carrier(new Failure.Unauthenticated("Invalid token"))));
    }
}
