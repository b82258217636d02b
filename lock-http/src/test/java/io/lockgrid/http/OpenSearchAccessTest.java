package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.http.auth.Authenticator;
import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.auth.Namespaces;
import io.lockgrid.http.opensearch.OpenSearchFamily;
import io.lockgrid.http.wire.Deadlines;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.InFlight;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.Role;
import io.lockgrid.testkit.LocalLockService;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what through the OpenSearch API, and how a refusal reads: as that of the security plugin. */
class OpenSearchAccessTest {
    private static final String P = "/_plugins/_job_scheduler";
    private static final Duration BOUND = Duration.ofSeconds(10);

    private static final Map<String, Caller> CALLERS = Map.of(
            "root-secret", new Caller("root", Role.OWNER, Namespaces.ALL),
            "ci-secret", new Caller("ci", Role.APPLICATION, new Namespaces(List.of("ci-*", "shared"))),
            "guest-secret", new Caller("guest", Role.MEMBER, Namespaces.ALL));

    private final LocalLockService locks = new LocalLockService();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                InFlight inFlight = new InFlight(100);
                Locks seen = new Locks(context, locks, new Deadlines(vertx, BOUND), inFlight);
                var family = new OpenSearchFamily(seen, new TicketIds(), 3_600_000, "n1", "lockgrid", "1", Map.of());
                var door = new FrontDoor(
                        context,
                        TestApi.CONFIG,
                        new Deadlines(vertx, BOUND),
                        authenticator(),
                        inFlight,
                        List.of(family));
                server = vertx.createHttpServer().requestHandler(door.router());
                return server.listen(0, "127.0.0.1");
            }
        }));
    }

    private static Authenticator authenticator() {
        return credential -> {
            Caller caller = credential == null ? null : CALLERS.get(credential.secret());
            boolean isKnown = caller != null
                    && (credential.user() == null || credential.user().equals(caller.name()));
            return isKnown
                    ? Future.succeededFuture(caller)
                    : Future.failedFuture(new Failure.Carrier(new Failure.Unauthenticated("who?")));
        };
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "HEAD /",
                "GET /_cluster/health",
                "GET /_nodes/http",
                "GET " + P + "/api/locks",
                "GET " + P + "/api/jobs",
                "POST " + P + "/_lock",
                "PUT " + P + "/_release_lock/i-j",
                "PUT " + P + "/_renew_lock/i-j",
                "GET " + P + "/nothing"
            })
    void whoIsUnknownIsAskedForAPassword(String line) throws Exception {
        for (String[] headers : new String[][] {{}, {basic("root", "wrong")}, {basic("guest", "root-secret")}}) {
            RawHttp.Response refused = send(line, "", headers);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).contains("Basic realm=\"OpenSearch Security\"");
            assertThat(refused.header("Content-Type")).contains("text/plain; charset=UTF-8");
            assertThat(refused.header("X-OpenSearch-Version")).isPresent();
            assertThat(refused.body()).isEqualTo(line.startsWith("HEAD") ? "" : "Unauthorized");
        }
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void theRefusalIsTheSameInEveryForm() throws Exception {
        assertThat(send("GET /?pretty&format=yaml", "").body()).isEqualTo("Unauthorized");
    }

    @Test
    void aPasswordAndABearerTokenAreBothGood() throws Exception {
        assertThat(send("GET /", "", basic("root", "root-secret")).status()).isEqualTo(200);
        assertThat(send("GET /", "", "Authorization: Bearer root-secret").status())
                .isEqualTo(200);
        assertThat(send("GET /_cluster/health", "", basic("guest", "guest-secret"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theMethodsOfARouteAreNoSecret() throws Exception {
        assertThat(send("OPTIONS " + P + "/_lock", "").header("Allow")).contains("GET,POST");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/locks,locks",
        "GET /api/locks/shared-j,locks",
        "GET /api/jobs,jobs",
        "POST /_lock,locks/acquire",
        "PUT /_release_lock/shared-j,locks/release",
        "PUT /_renew_lock/shared-j?if_seq_no=1&if_primary_term=1,locks/renew"
    })
    void aMemberIsToldWhichPermissionIsMissing(String route, String permission) throws Exception {
        RawHttp.Response refused =
                send(route.replace(" ", " " + P), lock("shared", "j"), basic("guest", "guest-secret"));
        assertForbidden(refused, permission, "guest");
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void aCallerTakesLocksInItsOwnNamespacesOnly() throws Exception {
        assertForbidden(send("POST " + P + "/_lock", lock("prod", "j"), ci()), "locks/acquire", "ci");
        assertThat(locks.submissions()).isZero();
        assertThat(send("POST " + P + "/_lock", lock("ci-1", "j"), ci()).status())
                .isEqualTo(200);
    }

    @Test
    void aCallerSeesAndReleasesLocksOfItsOwnNamespacesOnly() throws Exception {
        for (String index : new String[] {"prod", "ci-1", "shared"}) {
            assertThat(send("POST " + P + "/_lock", lock(index, "j"), root()).status())
                    .isEqualTo(200);
        }
        assertThat(send("GET " + P + "/api/locks?filter_path=total_locks,**.job_index_name", "", ci())
                        .body())
                .startsWith("{\"total_locks\":2,")
                .contains("\"ci-1\"", "\"shared\"")
                .doesNotContain("prod");
        assertThat(send("GET " + P + "/api/locks/prod-j", "", ci()).body())
                .isEqualTo("{\"total_locks\":0,\"locks\":{}}");
        assertForbidden(send("PUT " + P + "/_release_lock/prod-j", "", ci()), "locks/release", "ci");
        String version = "?if_seq_no=1&if_primary_term=1";
        assertForbidden(send("PUT " + P + "/_renew_lock/prod-j" + version, "", ci()), "locks/renew", "ci");
        assertThat(send("PUT " + P + "/_release_lock/ci-1-j", "", ci()).body())
                .isEqualTo("{\"release-lock\":\"success\"}");
        assertThat(send("GET " + P + "/api/locks/prod-j", "", root()).body()).contains("\"released\":false");
    }

    @Test
    void anIdWithTwoReadingsIsTheOneThatTheCallerMaySee() throws Exception {
        // One id, two locks: the index "ci" is not the caller's, though its lock was granted last.
        assertThat(send("POST " + P + "/_lock", lock("ci-1", "x-j"), root()).status())
                .isEqualTo(200);
        assertThat(send("POST " + P + "/_lock", lock("ci", "1-x-j"), root()).status())
                .isEqualTo(200);
        assertThat(send("GET " + P + "/api/locks/ci-1-x-j?filter_path=**.job_id", "", ci())
                        .body())
                .isEqualTo("{\"locks\":{\"ci-1-x-j\":{\"job_id\":\"x-j\"}}}");
        assertThat(send("PUT " + P + "/_release_lock/ci-1-x-j", "", ci()).status())
                .isEqualTo(200);
        assertThat(send("GET " + P + "/api/locks/ci-1-x-j?filter_path=**.job_id,**.released", "", root())
                        .body())
                .isEqualTo("{\"locks\":{\"ci-1-x-j\":{\"job_id\":\"1-x-j\",\"released\":false}}}");
    }

    private static void assertForbidden(RawHttp.Response response, String permission, String name) {
        String cause = "\"type\":\"security_exception\",\"reason\":\"no permissions for "
                + "[cluster:admin/opensearch/jobscheduler/" + permission + "] and User [name=" + name
                + ", backend_roles=[], requestedTenant=null]\"";
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"root_cause\":[{" + cause + "}]," + cause + "},\"status\":403}");
    }

    private static String lock(String index, String job) {
        return "{\"job_index_name\":\"" + index + "\",\"job_id\":\"" + job + "\",\"lock_duration_seconds\":60}";
    }

    private static String root() {
        return basic("root", "root-secret");
    }

    private static String ci() {
        return "Authorization: Bearer ci-secret";
    }

    private static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private RawHttp.Response send(String line, String body, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!body.isEmpty()) {
            all.add("Content-Type: application/json");
        }
        try (RawHttp http = new RawHttp(server.actualPort())) {
            return http.request(line, all, body.getBytes(StandardCharsets.UTF_8))
                    .response(line.startsWith("HEAD"));
        }
    }
}
