package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.http.auth.Access;
import io.lockgrid.http.auth.AccessConfig;
import io.lockgrid.http.auth.AuthMode;
import io.lockgrid.http.auth.JwtConfig;
import io.lockgrid.http.auth.Secrets;
import io.lockgrid.http.auth.SetClock;
import io.lockgrid.http.auth.TestJwts;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Role;
import io.lockgrid.testkit.LocalLockService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node in mode jwt, over a socket. */
class JwtModeTest {
    private static final String OWNER = "an-owner-token-of-the-test";
    private static final String DAPR = "{\"resourceId\":\"r\",\"lockOwner\":\"o\",\"expiryInSeconds\":1}";
    private static final String SFP = "{\"repository\":\"a\",\"resource\":\"b\",\"leaseDurationSeconds\":1}";
    private static final String LIST = "GET /_plugins/_job_scheduler/api/locks";

    @TempDir
    private Path folder;

    private final SetClock clock = new SetClock();
    private final LocalLockService locks = new LocalLockService();
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        Path owner = Files.writeString(folder.resolve("owner"), OWNER);
        Path secret = Files.writeString(folder.resolve("secret"), TestJwts.SECRET);
        JwtConfig jwt = new JwtConfig(
                Optional.of(secret),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                JwtConfig.ROLE_CLAIM);
        Access access =
                Access.read(new AccessConfig(AuthMode.JWT, Optional.of(owner), jwt, 0), clock, System::nanoTime);
        api = TestApi.start(TestApi.CONFIG.withAccess(access), locks);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** The first request of a JWT waits for its verification, body and all; the second does not. */
    @Test
    void jwtIsTakenWhereEachApiPutsItsToken() throws Exception {
        String jwt = jwt();
        assertThat(api.send("POST /v1.0-alpha1/lock/s", DAPR, "dapr-api-token: " + jwt)
                        .body())
                .isEqualTo("{\"success\":true}");
        assertThat(api.send("POST /v1.0-alpha1/unlock/s", DAPR, "dapr-api-token: " + jwt)
                        .body())
                .isEqualTo("{\"status\":0}");
        assertThat(api.send(
                                "POST /sfp/api/locks",
                                SFP,
                                "Content-Type: application/json",
                                "Authorization: Bearer " + jwt)
                        .status())
                .isEqualTo(201);
        assertThat(api.send(LIST, "", basic("ci:" + jwt)).status()).isEqualTo(200);
        assertThat(api.send(LIST, "", basic("cj:" + jwt)).status()).isEqualTo(401);
    }

    @Test
    void requestsThatAreSentAheadOfTheVerificationAreAllAnswered() throws Exception {
        byte[] body = DAPR.getBytes(StandardCharsets.UTF_8);
        List<String> headers = List.of("dapr-api-token: " + jwt());
        try (RawHttp http = api.connect()) {
            http.request("POST /v1.0-alpha1/lock/s", headers, body)
                    .request("POST /v1.0-alpha1/lock/s", headers, body)
                    .request("POST /v1.0-alpha1/unlock/s", headers, body);
            assertThat(http.response().body()).isEqualTo("{\"success\":true}");
            assertThat(http.response().body()).isEqualTo("{\"success\":false}");
            assertThat(http.response().body()).isEqualTo("{\"status\":0}");
        }
    }

    @Test
    void jwtThatEndedIsRefusedInTheShapeOfTheApi() throws Exception {
        String jwt = jwt();
        assertThat(api.send(LIST, "", "Authorization: Bearer " + jwt).status()).isEqualTo(200);
        clock.advance(Duration.ofHours(1));
        assertThat(api.send(LIST, "", "Authorization: Bearer " + jwt).status()).isEqualTo(401);
        RawHttp.Response sfp = api.send("GET /sfp/api/locks/a/b", "", "Authorization: Bearer " + jwt);
        assertThat(sfp.status()).isEqualTo(401);
        assertThat(sfp.body())
                .isEqualTo("{\"message\":\"the token is refused: it has expired\",\"error\":\"Unauthorized\","
                        + "\"statusCode\":401}");
        assertThat(sfp.toString()).doesNotContain(jwt);
    }

    @Test
    void jwtOfSomeNamespacesIsRefusedInOthers() throws Exception {
        String header = "dapr-api-token: " + TestJwts.hs256(clock.instant(), "namespaces", "ci/*");
        assertThat(api.send("POST /v1.0-alpha1/lock/ci%2Fx", DAPR, header).status())
                .isEqualTo(200);
        assertThat(api.send("POST /v1.0-alpha1/lock/cd%2Fx", DAPR, header).status())
                .isEqualTo(403);
        assertThat(locks.submissions()).isEqualTo(1);
    }

    @Test
    void accessTokensAndTheOwnerTokenAreTakenToo() throws Exception {
        String token = "an-access-token-of-the-test";
        locks.submit(new Command.CreateAccessToken("ci", Secrets.hash(token), Role.APPLICATION, List.of()));
        for (String secret : new String[] {token, OWNER}) {
            assertThat(api.send(LIST, "", "Authorization: Bearer " + secret).status())
                    .isEqualTo(200);
        }
        assertThat(api.send(LIST, "", "Authorization: Bearer " + token + "x").status())
                .isEqualTo(401);
    }

    private String jwt() {
        return TestJwts.hs256(clock.instant());
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
