package io.lockgrid.http.auth;

import static io.lockgrid.http.auth.TestJwts.OTHER_RSA;
import static io.lockgrid.http.auth.TestJwts.RSA;
import static io.lockgrid.http.auth.TestJwts.claims;
import static io.lockgrid.http.auth.TestJwts.jwks;
import static io.lockgrid.http.auth.TestJwts.rs256;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.testkit.LocalLockService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JWTs over time: how long one is remembered, and how keys come and go. */
class JwtsTest {
    private static final long WAIT_SECONDS = 20;

    @TempDir
    private Path folder;

    private final SetClock clock = new SetClock();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String served = jwks(RSA);
    private Path file;
    private Vertx vertx;

    @BeforeEach
    void start() throws IOException {
        vertx = Vertx.vertx();
        file = Files.writeString(folder.resolve("keys.json"), jwks(RSA));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void rememberedJwtIsRefusedFromItsEndOn() throws Exception {
        Authenticator authenticator = authenticator(file.toString());
        String jwt = jwt(RSA);
        assertTaken(authenticator, jwt);
        clock.advance(Duration.ofHours(1).plusSeconds(29));
        assertTaken(authenticator, jwt);
        assertThat(authenticator.authenticate(new Credential(null, jwt)).isComplete())
                .as("it is remembered")
                .isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertRefused(authenticator, jwt, "the token is refused: it has expired");
    }

    @Test
    void keyOfAFileCountsFromTheMomentItIsThere() throws Exception {
        Authenticator authenticator = authenticator(file.toString());
        assertTaken(authenticator, jwt(RSA));
        Files.writeString(file, jwks(RSA, OTHER_RSA));
        assertTaken(authenticator, jwt(OTHER_RSA));
        assertTaken(authenticator, jwt(RSA));
    }

    @Test
    void keyThatWasTakenAwayCountsForAMinuteAtMost() throws Exception {
        Authenticator authenticator = authenticator(file.toString());
        String jwt = jwt(RSA);
        assertTaken(authenticator, jwt);
        Files.writeString(file, jwks(OTHER_RSA));
        clock.advance(Jwks.AGE_MAX.plus(Jwts.TRUST));
        assertRefused(
                authenticator,
                jwt,
                "the token is refused: Signed JWT rejected: Another algorithm expected, or no"
                        + " matching key(s) found");
        assertThat(Jwks.AGE_MAX.plus(Jwts.TRUST)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void keysThatCannotBeReadAnyMoreCountForAnHour() throws Exception {
        Authenticator authenticator = authenticator(file.toString());
        assertTaken(authenticator, jwt(RSA));
        Files.writeString(file, "{\"keys\":");
        clock.advance(Jwks.OUTAGE_MAX.minusSeconds(1));
        assertTaken(authenticator, jwt(RSA));
        clock.advance(Duration.ofMinutes(1));
        assertThat(failure(authenticator, jwt(RSA))).isInstanceOfSatisfying(Failure.NoOutcome.class, e -> {
            assertThat(e.kind()).isEqualTo(Failure.Kind.NOT_SENT);
            assertThat(e.text()).startsWith("the keys to verify the token with cannot be had");
        });
    }

    @Test
    void keysAreFetchedFromAUrlAndKept() throws Exception {
        Authenticator authenticator = authenticator(url());
        assertThat(fetches).hasValue(0);
        for (int i = 0; i < 20; i++) {
            assertTaken(authenticator, jwt(RSA));
        }
        assertThat(fetches).hasValue(1);
        served = jwks(OTHER_RSA);
        assertTaken(authenticator, jwt(OTHER_RSA));
        assertThat(fetches).hasValue(2);
    }

    @Test
    void unknownKeysDoNotCauseAFetchEach() throws Exception {
        Authenticator authenticator = authenticator(url());
        assertTaken(authenticator, jwt(RSA));
        for (int i = 0; i < 50; i++) {
            clock.advance(Duration.ofMillis(100));
            assertThat(failure(authenticator, jwt(OTHER_RSA))).isInstanceOf(Failure.Unauthenticated.class);
        }
        assertThat(fetches.get()).isEqualTo(2);
        assertTaken(authenticator, jwt(RSA));
    }

    @Test
    void urlThatDoesNotAnswerIsNotTheFaultOfTheCaller() throws Exception {
        served = "";
        assertThat(failure(authenticator(url()), jwt(RSA))).isInstanceOf(Failure.NoOutcome.class);
    }

    private String url() throws Exception {
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    fetches.incrementAndGet();
                    request.response()
                            .setStatusCode(served.isEmpty() ? 500 : 200)
                            .end(served);
                })
                .listen(0, "127.0.0.1"));
        return "http://127.0.0.1:" + server.actualPort() + "/keys";
    }

    private Authenticator authenticator(String jwks) {
        AccessConfig config = new AccessConfig(AuthMode.JWT, Optional.empty(), TestJwts.jwks(jwks), 0);
        return Access.read(config, clock, System::nanoTime).authenticator(vertx, new LocalLockService());
    }

    private String jwt(RSAKey key) {
        return rs256(key, claims(clock.instant()));
    }

    private static void assertTaken(Authenticator authenticator, String jwt) throws Exception {
        assertThat(await(authenticator.authenticate(new Credential(null, jwt))).name())
                .isEqualTo("ci");
    }

    private static void assertRefused(Authenticator authenticator, String jwt, String why) throws Exception {
        assertThat(failure(authenticator, jwt)).isEqualTo(new Failure.Unauthenticated(why));
    }

    private static Failure failure(Authenticator authenticator, String jwt) throws Exception {
        try {
            throw new AssertionError("taken as " + await(authenticator.authenticate(new Credential(null, jwt))));
        } catch (ExecutionException e) {
            return Failure.of(e.getCause());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
