package io.lockgrid.http.auth;

import io.lockgrid.http.wire.Failure;
import io.vertx.core.Future;
import java.util.Optional;

/** Finds callers by opaque secrets: by the owner token of this node. */
final class AccessTokens {
    private final Optional<OwnerToken> owner;

    AccessTokens(Optional<OwnerToken> owner) {
        this.owner = owner;
    }

    Future<Caller> find(String secret) {
        String hash = Secrets.hash(secret);
        if (owner.isPresent() && owner.get().matches(hash)) {
            return Future.succeededFuture(OwnerToken.OWNER);
        }
        return Future.failedFuture(new Failure.Carrier(new Failure.Unauthenticated("Invalid token")));
    }
}
