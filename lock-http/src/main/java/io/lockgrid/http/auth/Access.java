package io.lockgrid.http.auth;

import io.lockgrid.http.wire.Failure;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who may call a node: what it was told, with its secrets read. Shared by all event loops. */
public final class Access {
    /** Everybody, as they come. */
    public static final Access OPEN = new Access(AuthMode.OPEN, Optional.empty());

    private final AuthMode mode;
    private final Optional<OwnerToken> owner;

    private Access(AuthMode mode, Optional<OwnerToken> owner) {
        this.mode = mode;
        this.owner = owner;
    }

    /**
     * Reads the files that {@code config} names.
     *
     * @throws IllegalArgumentException with one line, none of it from the files, if one cannot be used
     */
    public static Access read(AccessConfig config) {
        return new Access(config.mode(), config.ownerTokenFile().map(OwnerToken::read));
    }

    /** Whether nobody is asked who they are. */
    public boolean isOpen() {
        return mode == AuthMode.OPEN;
    }

    /** Finds out who sent a request. */
    public Authenticator authenticator() {
        if (isOpen()) {
            return Authenticator.OPEN;
        }
        AccessTokens tokens = new AccessTokens(owner);
        return credential -> authenticate(credential, tokens::find);
    }

    private static Future<Caller> authenticate(
            @Nullable Credential credential, Function<String, Future<Caller>> bySecret) {
        if (credential == null) {
            return unauthenticated("");
        }
        Future<Caller> found = bySecret.apply(credential.secret());
        String user = credential.user();
        return user == null
                ? found
                : found.compose(caller ->
                        caller.name().equals(user) ? Future.succeededFuture(caller) : unauthenticated("Invalid token"));
    }

    private static Future<Caller> unauthenticated(String why) {
        return Future.failedFuture(new Failure.Carrier(new Failure.Unauthenticated(why)));
    }
}
