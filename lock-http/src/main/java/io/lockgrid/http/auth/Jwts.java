package io.lockgrid.http.auth;

import io.lockgrid.http.auth.JwtVerifier.Verified;
import io.lockgrid.http.wire.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds callers by JWTs, for all event loops. A JWT is verified off them, and then remembered: for {@link #TRUST} at
 * most, and never past its end. From half of that on it is verified again in the background, so that nobody waits while
 * it is in use. Together with {@link Jwks#AGE_MAX} this bounds how long a key counts that was taken away: a minute.
 */
final class Jwts {
    static final Duration TRUST = Duration.ofSeconds(30);

    private static final int REMEMBERED_MAX = 10_000;
    private static final int WAITING_MAX = 1_000;
    private static final int THREADS = 4;

    private final JwtVerifier verifier;
    private final InstantSource clock;
    private final ConcurrentMap<String, Known> remembered = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Jwts(JwtVerifier verifier, InstantSource clock) {
        this.verifier = verifier;
        this.clock = clock;
    }

    /** Whether a secret has the three parts of a signed JWT (RFC 7515, section 3.1); else it is an access token. */
    static boolean isForm(String secret) {
        return secret.chars().filter(c -> c == '.').count() == 2;
    }

    /** Threads to verify on; those of one Vert.x share them, and they end with the verticle that asked for them. */
    static WorkerExecutor workers(Vertx vertx) {
        return vertx.createSharedWorkerExecutor("lockgrid-jwt", THREADS);
    }

    Future<Caller> find(String jwt, WorkerExecutor workers) {
        Known known = remembered.get(jwt);
        long now = clock.millis();
        if (known == null || now >= known.untilMillis) {
            return verify(jwt, workers);
        }
        if (now >= known.againMillis && known.again.compareAndSet(false, true)) {
            var unused = verify(jwt, workers);
        }
        return Future.succeededFuture(known.caller);
    }

    private Future<Caller> verify(String jwt, WorkerExecutor workers) {
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            return Future.failedFuture(new Failure.Carrier(new Failure.NoOutcome(
                    Failure.Kind.OVERLOADED,
                    "too many tokens wait to be verified; nothing was changed, try again after a pause")));
        }
        return workers.executeBlocking(() -> verified(jwt), false)
                .map(Objects::requireNonNull)
                .onComplete(done -> waiting.decrementAndGet());
    }

    private Caller verified(String jwt) {
        long now = clock.millis();
        Verified verified;
        try {
            verified = verifier.verify(jwt);
        } catch (Failure.Carrier e) {
            if (Failure.of(e) instanceof Failure.Unauthenticated) {
                remembered.remove(jwt);
            }
            throw e;
        }
        if (remembered.size() >= REMEMBERED_MAX) {
            // Rare, and cheaper than to know which was used least: those in use are back after one check each.
            remembered.clear();
        }
        remembered.put(jwt, new Known(verified, now));
        return verified.caller();
    }

    private static final class Known {
        private final Caller caller;
        private final long untilMillis;
        private final long againMillis;
        private final AtomicBoolean again = new AtomicBoolean();

        Known(Verified verified, long nowMillis) {
            caller = verified.caller();
            untilMillis = Math.min(verified.endMillis(), nowMillis + TRUST.toMillis());
            againMillis = nowMillis + TRUST.toMillis() / 2;
        }
    }
}
