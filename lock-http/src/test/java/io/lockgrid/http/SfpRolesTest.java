package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.http.auth.Authenticator;
import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.auth.Namespaces;
import io.lockgrid.http.openapi.OpenApiDocument;
import io.lockgrid.http.sfp.SfpFamily;
import io.lockgrid.http.wire.Deadlines;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.InFlight;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.Role;
import io.lockgrid.testkit.LocalLockService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each role may do through the sfp API, whoever it is that knows the callers: here a table of tokens. */
class SfpRolesTest {
    private static final String JSON = "Content-Type: application/json";
    private static final String UNAUTHORIZED = "{\"message\":\"Unauthorized\",\"statusCode\":401}";
    private static final String FORBIDDEN =
            "{\"message\":\"Forbidden resource\",\"error\":\"Forbidden\",\"statusCode\":403}";
    private static final Namespaces CI = new Namespaces(List.of("ci/*"));

    private static final Map<String, Caller> CALLERS = Map.of(
            "owner-ann", new Caller("ann", Role.OWNER, Namespaces.ALL),
            "application-build", new Caller("build", Role.APPLICATION, Namespaces.ALL),
            "member-build", new Caller("build", Role.MEMBER, Namespaces.ALL),
            "member-bob", new Caller("bob", Role.MEMBER, Namespaces.ALL),
            "application-ci", new Caller("build", Role.APPLICATION, CI),
            "member-ci", new Caller("build", Role.MEMBER, CI),
            "owner-anonymous", new Caller("anonymous", Role.OWNER, Namespaces.ALL));

    private final LocalLockService service = new LocalLockService();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private int port;

    @BeforeEach
    void start() throws Exception {
        Context context = vertx.getOrCreateContext();
        Deadlines deadlines = new Deadlines(vertx, Duration.ofSeconds(10));
        InFlight inFlight = new InFlight(10);
        SfpFamily sfp = new SfpFamily(
                new Locks(context, service, deadlines, inFlight),
                new TicketIds(),
                60_000,
                10,
                OpenApiDocument.reply("1.2.3"));
        Authenticator table = credential -> {
            Caller caller = credential == null ? null : CALLERS.get(credential.secret());
            String why = credential == null ? "" : "Invalid token";
            return caller == null
                    ? Future.failedFuture(new Failure.Carrier(new Failure.Unauthenticated(why)))
                    : Future.succeededFuture(caller);
        };
        FrontDoor door = new FrontDoor(context, TestApi.CONFIG, deadlines, table, inFlight, List.of(sfp));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(door.router())
                .listen(0, "127.0.0.1")
                .await(20, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private RawHttp.Response send(String token, String line, String body) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            List<String> headers = token.isEmpty() ? List.of(JSON) : List.of(JSON, "Authorization: Bearer " + token);
            RawHttp.Response response = http.request(line, headers, body.getBytes(StandardCharsets.UTF_8))
                    .response();
            ApiDescription.OURS.check(line, response);
            return response;
        }
    }

    @Test
    void anIdempotencyKeyIsItsCallersOwn() throws Exception {
        String first = keyed("owner-ann");
        assertThat(keyed("owner-ann")).isEqualTo(first);
        assertThat(keyed("application-build")).isNotEqualTo(first);
    }

    /** The ticket that a token is given for one and the same key. */
    private String keyed(String token) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            List<String> headers = List.of(JSON, "Authorization: Bearer " + token, "Idempotency-Key: k");
            String body = "{\"repository\":\"r\",\"resource\":\"dev\",\"leaseDurationSeconds\":60}";
            RawHttp.Response response = http.request(
                            "POST /sfp/api/locks", headers, body.getBytes(StandardCharsets.UTF_8))
                    .response();
            assertThat(response.status()).as(response.body()).isEqualTo(201);
            return ApiDescription.parse(response.body()).path("ticketId").asText();
        }
    }

    private String queue(String token, String repository, String more) throws Exception {
        String body =
                "{\"repository\":\"" + repository + "\",\"resource\":\"dev\",\"leaseDurationSeconds\":60" + more + "}";
        RawHttp.Response response = send(token, "POST /sfp/api/locks", body);
        assertThat(response.status()).as(response.body()).isEqualTo(201);
        return response.body();
    }

    /** The path of the ticket that a token has just been given. */
    private String ticketOf(String token, String repository) throws Exception {
        String ticket = ApiDescription.parse(queue(token, repository, ""))
                .path("ticketId")
                .asText();
        return "/sfp/api/locks/" + repository.replace("/", "%2F") + "/dev/" + ticket;
    }

    private RawHttp.Response assertForbidden(String token, String line) throws Exception {
        int submissions = service.submissions();
        RawHttp.Response response = send(token, line, "");
        assertThat(response.status()).as(line).isEqualTo(403);
        assertThat(response.body()).isEqualTo(FORBIDDEN);
        assertThat(service.submissions()).as(line + " has reached the log").isEqualTo(submissions);
        return response;
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner-ann", "application-build"})
    void ownersAndApplicationsUseEverythingOfAnybody(String token) throws Exception {
        String foreign = ticketOf("owner-anonymous", "o/r");
        assertThat(send(token, "GET " + foreign, "").status()).isEqualTo(200);
        assertThat(send(token, "POST " + foreign + "/acquire", "").body()).contains("\"acquired\":true");
        assertThat(send(token, "GET /sfp/api/locks/o%2Fr/dev", "").status()).isEqualTo(200);
        assertThat(send(token, "DELETE " + foreign, "").body()).contains("\"released\":true");
        assertThat(send(token, "DELETE /sfp/api/locks/o%2Fr/dev", "").status()).isEqualTo(200);
        assertThat(send(token, "GET " + foreign + "x", "").status()).isEqualTo(404);
    }

    @Test
    void memberMayNeitherQueueNorListNorClearNorAcquire() throws Exception {
        String own = ticketOf("application-build", "o/r");
        assertForbidden("member-build", "POST /sfp/api/locks");
        assertForbidden("member-build", "GET /sfp/api/locks/o%2Fr/dev");
        assertForbidden("member-build", "DELETE /sfp/api/locks/o%2Fr/dev");
        assertForbidden("member-build", "POST " + own + "/acquire");
    }

    @Test
    void memberSeesAndReleasesTicketsOfTheirOwn() throws Exception {
        String held = ticketOf("application-build", "o/r");
        String waiting = ticketOf("application-build", "o/r");
        assertThat(send("member-build", "GET " + held, "").body()).contains("\"status\":\"acquired\"");
        assertThat(send("member-build", "GET " + waiting, "").body()).contains("\"queuePosition\":1");
        assertThat(send("member-build", "DELETE " + waiting, "").body()).contains("cancelled");
        assertThat(send("member-build", "DELETE " + held, "").body()).contains("\"released\":true");
        assertThat(send("member-build", "DELETE " + held, "").body()).contains("\"released\":false");
        assertThat(send("member-build", "GET " + held, "").body()).contains("\"endReason\":\"released\"");
    }

    @Test
    void aRefusalThatComesFromTheLogSaysFromWhere() throws Exception {
        String foreign = ticketOf("application-build", "o/r");
        for (String method : List.of("GET ", "DELETE ")) {
            RawHttp.Response response = assertForbidden("member-bob", method + foreign);
            assertThat(response.header("LockGrid-Index")).contains("1");
            assertThat(response.header("LockGrid-Cluster-Time")).contains("0");
        }
        assertThat(assertForbidden("member-bob", "POST " + foreign + "/acquire").header("LockGrid-Index"))
                .isEmpty();
    }

    @Test
    void memberIsNotToldWhetherThereAreTicketsOfOthers() throws Exception {
        String foreign = ticketOf("application-build", "o/r");
        for (String ticket : List.of(foreign, foreign + "x", "/sfp/api/locks/no/such/lock")) {
            assertForbidden("member-bob", "GET " + ticket);
            assertForbidden("member-bob", "DELETE " + ticket);
        }
        assertThat(send("application-build", "GET " + foreign, "").body()).contains("\"status\":\"acquired\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner-ann", "application-build", "owner-anonymous"})
    void requestorOfAKnownCallerIsTheCallerWhateverTheBodySays(String token) throws Exception {
        String name = CALLERS.get(token).name();
        assertThat(queue(token, "o/r", ",\"requestedBy\":\"bob\"")).contains("\"requestedBy\":\"" + name + "\"");
        assertThat(queue(token, "o/r", ",\"requestedBy\":[1]")).contains("\"requestedBy\":\"" + name + "\"");
    }

    @Test
    void callersStayWithinTheirNamespaces() throws Exception {
        String inside = ticketOf("application-ci", "ci/app");
        String outside = ticketOf("owner-ann", "o/r");
        assertThat(send("member-ci", "GET " + inside, "").status()).isEqualTo(200);
        assertThat(send("application-ci", "GET /sfp/api/locks/ci%2Fapp/dev", "").status())
                .isEqualTo(200);
        for (String line : List.of("GET " + outside, "DELETE " + outside, "POST " + outside + "/acquire")) {
            assertForbidden("application-ci", line);
        }
        assertForbidden("application-ci", "GET /sfp/api/locks/o%2Fr/dev");
        assertForbidden("application-ci", "DELETE /sfp/api/locks/o%2Fr/dev");
        int submissions = service.submissions();
        String body = "{\"repository\":\"o/r\",\"resource\":\"dev\",\"leaseDurationSeconds\":60}";
        assertThat(send("application-ci", "POST /sfp/api/locks", body).body()).isEqualTo(FORBIDDEN);
        assertThat(service.submissions()).isEqualTo(submissions);
    }

    @Test
    void membersStayWithinTheirNamespacesEvenWithTicketsOfTheirOwn() throws Exception {
        String outside = ticketOf("application-build", "o/r");
        assertForbidden("member-ci", "GET " + outside);
        assertForbidden("member-ci", "DELETE " + outside);
    }

    @Test
    void whoIsUnknownIsUnauthorizedBeforeTheBodyIsLookedAt() throws Exception {
        RawHttp.Response nobody = send("", "POST /sfp/api/locks", "{");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.body()).isEqualTo(UNAUTHORIZED);
        RawHttp.Response stranger = send("wrong", "DELETE /sfp/api/locks/o%2Fr/dev", "");
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.body())
                .isEqualTo("{\"message\":\"Invalid token\",\"error\":\"Unauthorized\",\"statusCode\":401}");
        assertThat(service.submissions()).isZero();
    }

    @Test
    void routesThatAreNoneNeedNoToken() throws Exception {
        assertThat(send("", "PUT /sfp/api/locks/a/b", "").body())
                .isEqualTo(
                        "{\"message\":\"Cannot PUT /sfp/api/locks/a/b\",\"error\":\"Not Found\",\"statusCode\":404}");
        assertThat(send("", "GET /sfp/api/locks/a/%zz", "").status()).isEqualTo(400);
        assertThat(send("", "GET /sfp/api/ping", "").status()).isEqualTo(200);
        assertThat(send("", "GET /sfp/apidocs-json", "").status()).isEqualTo(200);
    }
}
