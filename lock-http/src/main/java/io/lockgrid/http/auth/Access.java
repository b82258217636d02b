package io.lockgrid.http.auth;

import io.lockgrid.http.wire.Failure;
import io.lockgrid.statemachine.service.LockService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who may call a node, and how often: what it was told, with its secrets read. Shared by all event loops. */
public final class Access {
    /** Everybody, as they come. */
    public static final Access OPEN = new Access(Optional.empty(), Optional.empty(), Optional.empty(), true);

    private final Optional<OwnerToken> owner;
    private final Optional<Jwts> jwts;
    private final Optional<RateLimiter> limiter;
    private final boolean isOpen;

    private Access(Optional<OwnerToken> owner, Optional<Jwts> jwts, Optional<RateLimiter> limiter, boolean isOpen) {
        this.owner = owner;
        this.jwts = jwts;
        this.limiter = limiter;
        this.isOpen = isOpen;
    }

    /**
     * Reads the files that {@code config} names.
     *
     * @throws IllegalArgumentException with one line, none of it from the files, if one cannot be used
     */
    public static Access read(AccessConfig config) {
        return read(config, InstantSource.system(), System::nanoTime);
    }

    /** The same with a clock, by which JWTs end, and a timer, by which requests are counted. */
    public static Access read(AccessConfig config, InstantSource clock, LongSupplier nanoTime) {
        Optional<Jwts> jwts = config.mode() == AuthMode.JWT
                ? Optional.of(new Jwts(new JwtVerifier(config.jwt(), clock), clock))
                : Optional.empty();
        Optional<RateLimiter> limiter = config.requestsPerSecond() == 0
                ? Optional.empty()
                : Optional.of(new RateLimiter(config.requestsPerSecond(), nanoTime));
        return new Access(config.ownerTokenFile().map(OwnerToken::read), jwts, limiter, config.mode() == AuthMode.OPEN);
    }

    /** Whether nobody is asked who they are. */
    public boolean isOpen() {
        return isOpen;
    }

    /** What bounds the requests of each caller, if anything does. */
    public Optional<RateLimiter> limiter() {
        return limiter;
    }

    /** Finds out who sent a request, and counts it; to be asked for on the event loop that will use it. */
    public Authenticator authenticator(Vertx vertx, LockService locks) {
        Authenticator uncounted = uncounted(vertx, locks);
        if (limiter.isEmpty()) {
            return uncounted;
        }
        RateLimiter counter = limiter.get();
        return credential -> uncounted.authenticate(credential).map(caller -> {
            counter.take(caller);
            return caller;
        });
    }

    private Authenticator uncounted(Vertx vertx, LockService locks) {
        if (isOpen) {
            return Authenticator.OPEN;
        }
        AccessTokens tokens = new AccessTokens(owner, locks);
        if (jwts.isEmpty()) {
            return credential -> authenticate(credential, tokens::find);
        }
        Jwts known = jwts.get();
        WorkerExecutor workers = Jwts.workers(vertx);
        return credential -> authenticate(
                credential, secret -> Jwts.isForm(secret) ? known.find(secret, workers) : tokens.find(secret));
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
