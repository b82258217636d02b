package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.http.auth.Access;
import io.lockgrid.http.auth.AccessConfig;
import io.lockgrid.http.auth.AuthMode;
import io.lockgrid.http.auth.JwtConfig;
import io.lockgrid.http.auth.Secrets;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Role;
import io.lockgrid.testkit.LocalLockService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node in mode token: who shows what it knows is let in, everybody else is told so in the shape of their API. */
class TokenModeTest {
    private static final String OWNER = "an-owner-token-of-the-test";
    private static final String TOKEN = "an-access-token-of-the-test";
    private static final String DAPR = "{\"resourceId\":\"r\",\"lockOwner\":\"o\",\"expiryInSeconds\":1}";
    private static final String SFP = "{\"repository\":\"a\",\"resource\":\"b\",\"leaseDurationSeconds\":1}";

    @TempDir
    private Path folder;

    private LocalLockService locks;
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        Path file = Files.writeString(folder.resolve("owner"), OWNER + "\n");
        Access access = Access.read(new AccessConfig(AuthMode.TOKEN, Optional.of(file), JwtConfig.NONE, 0));
        locks = new LocalLockService();
        api = TestApi.start(TestApi.CONFIG.withAccess(access), locks);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    POST /v1.0-alpha1/lock/s | text/plain; charset=utf-8       | invalid api token
                    GET /v1.0/metadata       | text/plain; charset=utf-8       | invalid api token
                    POST /sfp/api/locks      | application/json; charset=utf-8 | \
                    {"message":"Unauthorized","statusCode":401}
                    GET /sfp/api/locks/a/b   | application/json; charset=utf-8 | \
                    {"message":"Unauthorized","statusCode":401}
                    GET /_plugins/x          | text/plain; charset=UTF-8       | Unauthorized
                    GET /                    | text/plain; charset=UTF-8       | Unauthorized
                    """)
    void whoShowsNothingIsToldSoInTheShapeOfTheApi(String line, String contentType, String body) throws Exception {
        RawHttp.Response response = api.send(line, line.contains("lock/s") ? DAPR : "");
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("Content-Type")).contains(contentType);
        assertThat(response.body().strip()).isEqualTo(body);
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void whoShowsNothingIsToldWhatToShow() throws Exception {
        assertThat(api.send("GET /v1/status", "").header("WWW-Authenticate")).contains("Bearer realm=\"lockgrid\"");
        assertThat(api.send("GET /_plugins/_job_scheduler/api/locks", "").header("WWW-Authenticate"))
                .contains("Basic realm=\"OpenSearch Security\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1.0-alpha1/lock/s",
                "POST /sfp/api/locks",
                "GET /_plugins/_job_scheduler/api/locks",
                "GET /v1/status"
            })
    void wrongTokenIsRefusedAndNeverRepeated(String line) throws Exception {
        String wrong = "wrong-" + OWNER;
        for (String header :
                new String[] {"dapr-api-token: " + wrong, "Authorization: Bearer " + wrong, basic(wrong)}) {
            RawHttp.Response response = api.send(line, "", header);
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.toString()).doesNotContain(OWNER);
        }
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void ownerIsLetInWhereEachApiPutsItsToken() throws Exception {
        assertThat(api.send("POST /v1.0-alpha1/lock/s", DAPR, "dapr-api-token: " + OWNER)
                        .body())
                .isEqualTo("{\"success\":true}");
        assertThat(api.send("POST /sfp/api/locks", SFP, "Content-Type: application/json", bearer(OWNER))
                        .status())
                .isEqualTo(201);
        String list = "GET /_plugins/_job_scheduler/api/locks";
        assertThat(api.send(list, "", basic("owner:" + OWNER)).status()).isEqualTo(200);
        assertThat(api.send(list, "", bearer(OWNER)).status()).isEqualTo(200);
        assertThat(api.send("GET /v1/status", "", bearer(OWNER)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"somebody:", ":", "Owner:"})
    void basicUserMustBeTheOwnerOfTheToken(String user) throws Exception {
        assertThat(api.send("GET /_plugins/_job_scheduler/api/locks", "", basic(user + OWNER))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /livez",
                "GET /readyz",
                "GET /v1.0/healthz",
                "GET /v1.0/healthz/outbound",
                "GET /sfp/api/ping"
            })
    void probesNeedNoToken(String line) throws Exception {
        assertThat(api.send(line, "").status()).isBetween(200, 204);
    }

    @Test
    void tokenOfTheGridIsTakenUntilItIsRevoked() throws Exception {
        create("ci", Role.APPLICATION);
        assertThat(lock("s").status()).isEqualTo(200);
        assertThat(api.send("GET /_plugins/_job_scheduler/api/locks", "", basic("ci:" + TOKEN))
                        .status())
                .isEqualTo(200);
        assertThat(api.send("GET /_plugins/_job_scheduler/api/locks", "", basic("owner:" + TOKEN))
                        .status())
                .isEqualTo(401);
        locks.submit(new Command.RevokeAccessToken("ci"));
        assertThat(lock("s").status()).isEqualTo(401);
    }

    @Test
    void tokenOfSomeNamespacesIsRefusedInOthersBeforeAnythingIsTaken() throws Exception {
        create("ci", Role.APPLICATION, "ci/*", "db");
        assertThat(lock("db").status()).isEqualTo(200);
        assertThat(lock("ci%2Fmain").status()).isEqualTo(200);
        int submissions = locks.submissions();
        RawHttp.Response refused = lock("dbs");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body())
                .isEqualTo("{\"errorCode\":\"ERR_PERMISSION_DENIED\",\"message\":\"ci may not use namespace"
                        + " \\\"dbs\\\"\"}");
        assertThat(locks.submissions()).isEqualTo(submissions);
    }

    @Test
    void memberTakesNoLock() throws Exception {
        create("guest", Role.MEMBER);
        int submissions = locks.submissions();
        assertThat(lock("s").status()).isEqualTo(403);
        assertThat(locks.submissions()).isEqualTo(submissions);
    }

    private void create(String name, Role role, String... namespaces) {
        locks.submit(new Command.CreateAccessToken(name, Secrets.hash(TOKEN), role, List.of(namespaces)));
    }

    private RawHttp.Response lock(String store) throws Exception {
        return api.send("POST /v1.0-alpha1/lock/" + store, DAPR, "dapr-api-token: " + TOKEN);
    }

    @Test
    void whatANodeIsToldNeverShowsItsSecrets() throws IOException {
        Path file = Files.writeString(folder.resolve("other"), OWNER);
        Access access = Access.read(new AccessConfig(AuthMode.TOKEN, Optional.of(file), JwtConfig.NONE, 0));
        assertThat(TestApi.CONFIG.withAccess(access).toString()).doesNotContain(OWNER);
    }

    private static String bearer(String secret) {
        return "Authorization: Bearer " + secret;
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
