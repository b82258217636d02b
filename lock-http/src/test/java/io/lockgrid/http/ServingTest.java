package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.testkit.LocalLockService;
import io.vertx.core.Future;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server around the families: clients, long lists, a full queue, the end. */
class ServingTest {
    private static final String LOCK = "{\"resourceId\":\"r\",\"lockOwner\":\"o\",\"expiryInSeconds\":1}";
    private static final Holder HOLDER = new Holder("dapr", "o");

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void everyVersionOfHttpThatTheJdkSpeaksIsServed(HttpClient.Version version) throws Exception {
        try (TestApi api = TestApi.start(new LocalLockService());
                HttpClient client = HttpClient.newBuilder().version(version).build()) {
            URI uri = URI.create("http://127.0.0.1:" + api.api.port() + "/v1.0-alpha1/lock/s");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofString(LOCK))
                    .build();
            for (boolean success : new boolean[] {true, false, false}) {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(response.body()).isEqualTo("{\"success\":" + success + "}");
                assertThat(response.version()).isEqualTo(version);
            }
        }
    }

    @Test
    void aClientThatWaitsToBeAskedForItsBodyIsAsked() throws Exception {
        try (TestApi api = TestApi.start(new LocalLockService());
                RawHttp http = api.connect()) {
            http.send("POST /v1.0-alpha1/lock/s HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
                    + LOCK.length() + "\r\n\r\n");
            assertThat(http.response().status()).isEqualTo(100);
            assertThat(http.send(LOCK).response().body()).isEqualTo("{\"success\":true}");
        }
    }

    @Test
    void requestsThatAreSentAheadAreAnsweredInOrder() throws Exception {
        try (TestApi api = TestApi.start(new LocalLockService());
                RawHttp http = api.connect()) {
            byte[] body = LOCK.getBytes(StandardCharsets.UTF_8);
            http.request("POST /v1.0-alpha1/lock/s", List.of(), body)
                    .request("POST /v1.0-alpha1/unlock/s", List.of(), body)
                    .request("POST /v1.0-alpha1/unlock/s", List.of(), body);
            assertThat(http.response().body()).isEqualTo("{\"success\":true}");
            assertThat(http.response().body()).isEqualTo("{\"status\":0}");
            assertThat(http.response().body()).isEqualTo("{\"status\":1}");
        }
    }

    @Test
    void aLongListComesInPartsAndIsWhole() throws Exception {
        LocalLockService locks = new LocalLockService();
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            locks.submit(new Command.TryAcquire(new LockName("index", "job" + i), "t" + i, HOLDER, 60_000));
            locks.submit(new Command.Enqueue(
                    new LockName("repo", "res"), "q" + i, HOLDER, 60_000, Limits.WAITERS_PER_LOCK_MAX));
        }
        try (TestApi api = TestApi.start(locks)) {
            RawHttp.Response all = api.send("GET /_plugins/_job_scheduler/api/locks", "");
            assertThat(all.header("Transfer-Encoding")).contains("chunked");
            assertThat(all.header("LockGrid-Index")).contains("10000");
            assertThat(all.body()).startsWith("{\"locks\":{").endsWith("},\"total_locks\":5001}");
            assertThat(objectsIn(all.body())).isEqualTo(2 + count + 1);
            RawHttp.Response pretty = api.send("GET /_plugins/_job_scheduler/api/locks?pretty", "");
            assertThat(pretty.body()).startsWith("{\n  \"locks\" : {").endsWith("  },\n  \"total_locks\" : 5001\n}\n");
            assertThat(objectsIn(pretty.body())).isEqualTo(2 + count + 1);
            RawHttp.Response queue = api.send("GET /sfp/api/locks/repo/res", "");
            assertThat(objectsIn(queue.body())).isEqualTo(count);
            assertThat(queue.body()).contains("\"queuePosition\":4999,").doesNotContain("\"queuePosition\":5000,");
        }
    }

    private static int objectsIn(String json) throws Exception {
        int objects = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                objects += parser.currentToken() == JsonToken.START_OBJECT ? 1 : 0;
            }
        }
        return objects;
    }

    @Test
    void aFullQueueSaysSoAndWhenToComeBack() throws Exception {
        LocalLockService locks = new LocalLockService();
        for (int i = 0; i <= Limits.WAITERS_PER_LOCK_MAX; i++) {
            locks.submit(
                    new Command.Enqueue(new LockName("a", "b"), "t" + i, HOLDER, 60_000, Limits.WAITERS_PER_LOCK_MAX));
        }
        try (TestApi api = TestApi.start(locks)) {
            RawHttp.Response response = api.send(
                    "POST /sfp/api/locks",
                    "{\"repository\":\"a\",\"resource\":\"b\",\"leaseDurationSeconds\":1}",
                    "Content-Type: application/json");
            assertThat(response.status()).isEqualTo(429);
            assertThat(response.header("Retry-After")).contains("1");
            assertThat(response.body())
                    .isEqualTo("{\"message\":\"The queue of this resource is full\",\"error\":\"Too Many Requests\","
                            + "\"statusCode\":429}");
        }
    }

    @Test
    void queueIsAsLongAsTheNodeIsTold() throws Exception {
        String ask = "{\"repository\":\"a\",\"resource\":\"b\",\"leaseDurationSeconds\":1}";
        try (TestApi api = TestApi.start(TestApi.CONFIG.withWaitersPerLock(1), new LocalLockService())) {
            for (int status : new int[] {201, 201, 429}) {
                assertThat(api.send("POST /sfp/api/locks", ask, "Content-Type: application/json")
                                .status())
                        .isEqualTo(status);
            }
        }
    }

    @Test
    void aNodeThatIsNotReadySaysWhy() throws Exception {
        LocalLockService locks = new LocalLockService();
        locks.notReady("no leader is known");
        try (TestApi api = TestApi.start(locks)) {
            RawHttp.Response ready = api.send("GET /readyz", "");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("{\"status\":\"not ready\",\"reason\":\"no leader is known\"}");
            assertThat(api.send("GET /livez", "").status()).isEqualTo(200);
            RawHttp.Response healthz = api.send("GET /v1.0/healthz", "");
            assertThat(healthz.status()).isEqualTo(500);
            assertThat(healthz.body())
                    .isEqualTo("{\"errorCode\":\"ERR_HEALTH_NOT_READY\",\"message\":\"dapr is not ready: [no leader is"
                            + " known]\"}");
            RawHttp.Response outbound = api.send("GET /v1.0/healthz/outbound", "");
            assertThat(outbound.status()).isEqualTo(500);
            assertThat(outbound.body())
                    .isEqualTo("{\"errorCode\":\"ERR_OUTBOUND_HEALTH_NOT_READY\",\"message\":\"dapr outbound is not"
                            + " ready\"}");
        }
    }

    @Test
    void aTakenPortIsAFailureOfTheStart() throws Exception {
        try (TestApi api = TestApi.start(new LocalLockService())) {
            HttpConfig same = HttpConfig.of("127.0.0.1", api.api.port(), "n2", "lockgrid", "1.2.3");
            assertThatThrownBy(() -> TestApi.start(same, new LocalLockService()).close())
                    .hasRootCauseInstanceOf(BindException.class);
        }
    }

    @Test
    @Timeout(20)
    void closingAnswersWhatIsUnderWayAndTakesNothingNew() throws Exception {
        CompletableFuture<LockService.Answer> answer = new CompletableFuture<>();
        ScriptedLockService locks = ScriptedLockService.answering(answer);
        TestApi api = TestApi.start(locks);
        try (RawHttp busy = api.connect();
                RawHttp idle = api.connect()) {
            busy.request("POST /v1.0-alpha1/lock/s", List.of(), LOCK.getBytes(StandardCharsets.UTF_8));
            assertThat(idle.request("GET /livez", List.of(), new byte[0])
                            .response()
                            .status())
                    .isEqualTo(200);
            locks.awaitSubmission();
            Future<Void> closed = api.api.close();
            assertThat(idle.isClosedByServer()).isTrue();
            awaitRefusal(api);
            assertThat(closed.isComplete()).isFalse();

            answer.complete(new LockService.Answer(new Outcome.Granted("t", 1, 1, 0), 1, 1, 0));
            assertThat(busy.response().body()).isEqualTo("{\"success\":true}");
            assertThat(busy.isClosedByServer()).isTrue();
            closed.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
    }

    /**
     * The loops close one after the other; the port is closed with the last of them, long before the requests end. A
     * connection that the port still had in its queue then is reset.
     */
    private static void awaitRefusal(TestApi api) throws Exception {
        boolean refused = false;
        while (!refused) {
            try {
                api.connect().close();
            } catch (SocketException e) {
                refused = e instanceof ConnectException;
            }
        }
    }

    @Test
    void closingWaitsForAStuckRequestNoLongerThanTheBound() throws Exception {
        HttpTimeouts timeouts = new HttpTimeouts(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofMillis(200));
        ScriptedLockService locks = ScriptedLockService.silent();
        TestApi api = TestApi.start(TestApi.CONFIG.withTimeouts(timeouts), locks);
        try (RawHttp stuck = api.connect()) {
            stuck.request("POST /v1.0-alpha1/lock/s", List.of(), LOCK.getBytes(StandardCharsets.UTF_8));
            locks.awaitSubmission();
            api.api.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
            assertThat(stuck.isClosedByServer()).isTrue();
        }
    }
}
