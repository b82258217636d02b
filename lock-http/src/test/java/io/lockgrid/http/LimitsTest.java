package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.testkit.LocalLockService;
import io.lockgrid.testkit.cluster.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No client can use up a node: each limit, over a socket. */
@Timeout(60)
class LimitsTest {
    private static final String LOCK = "{\"resourceId\":\"r\",\"lockOwner\":\"o\",\"expiryInSeconds\":1}";
    private static final String ACQUIRE = "{\"job_index_name\":\"i\",\"job_id\":\"j\",\"lock_duration_seconds\":1}";
    private static final String JSON = "Content-Type: application/json";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] NOTHING = {};

    @Test
    void aConnectionTooManyIsClosedAndTheOthersAreServed() throws Exception {
        try (TestApi api = start(new HttpLimits(2, 1024, 1024, 1, 1));
                RawHttp first = api.connect();
                RawHttp second = api.connect()) {
            assertServed(first);
            assertServed(second);
            try (RawHttp third = api.connect()) {
                assertThat(third.isClosedByServer()).isTrue();
            }
            assertServed(first);
            second.endByClient();
            Await.until(() -> isServed(api), LONG, () -> "the place of a closed connection stays taken");
            assertServed(first);
        }
    }

    @Test
    void longUrlsAndHeadersAreRefusedInBothVersionsOfHttp() throws Exception {
        String path = "/livez?" + "x".repeat(2048);
        String header = "y".repeat(2048);
        try (TestApi api = start(new HttpLimits(100, 1024, 1024, 100, 100));
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            assertThat(api.send("GET " + path, "").status()).isEqualTo(414);
            assertThat(api.send("GET " + path, "").body()).contains("longer than 1 KiB");
            assertThat(api.send("GET /livez", "", "X-Long: " + header).status()).isEqualTo(431);
            // The first request of such a client asks for the upgrade.
            assertThat(status(client, api, "/livez", "")).isEqualTo(200);
            assertThat(status(client, api, "/livez?" + "x".repeat(1100), "")).isEqualTo(414);
            assertThat(statusOfLongHead(api)).isEqualTo("431");
        }
    }

    /** In frames: the reset that Netty sends behind this answer makes the JDK's client forget the answer at times. */
    private static String statusOfLongHead(TestApi api) throws Exception {
        String[] headers = IntStream.range(0, 20)
                .mapToObj(i -> "x-long-" + i + ": " + "y".repeat(100))
                .toArray(String[]::new);
        try (RawHttp2 connection = new RawHttp2(api.api.port())) {
            ByteBuffer fields =
                    connection.get(1, "/livez", headers).next(RawHttp2.HEADERS).payload();
            // After the octet for a ":status" that is in no table, and its length (RFC 7541, 6.2.1).
            return StandardCharsets.US_ASCII.decode(fields.slice(2, 3)).toString();
        }
    }

    private static int status(HttpClient client, TestApi api, String path, String header) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.api.port() + path))
                .header("X-Long", header)
                .build();
        HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return response.statusCode();
    }

    @Test
    void aHeadThatComesByteByByteIsCutOff() throws Exception {
        try (TestApi api = withHeadTimeout(new LocalLockService());
                RawHttp slow = api.connect()) {
            assertThatThrownBy(() -> drip(slow, "GET /livez HTTP/1.1\r\nX-Slow: "))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void soIsASecondHeadButNotAConnectionThatRests() throws Exception {
        try (TestApi api = withHeadTimeout(new LocalLockService());
                RawHttp http = api.connect()) {
            assertServed(http);
            Await.passed(Duration.ofSeconds(1));
            assertServed(http);
            assertThatThrownBy(() -> drip(http, "GET /livez HTTP/1.1\r\nX-Slow: "))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void soIsABodyThatNobodyReads() throws Exception {
        try (TestApi api = withHeadTimeout(new LocalLockService());
                RawHttp http = api.connect()) {
            http.send("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
            assertThat(http.response().status()).isEqualTo(404);
            assertThatThrownBy(() -> drip(http, "")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLongAnswerIsWaitedForWhateverTheTimeOfAHead() throws Exception {
        HttpTimeouts timeouts =
                new HttpTimeouts(Duration.ofMillis(200), LONG, Duration.ofSeconds(1), LONG, Duration.ofMillis(100));
        try (TestApi api = TestApi.start(TestApi.CONFIG.withTimeouts(timeouts), ScriptedLockService.silent())) {
            assertThat(api.send("GET /sfp/api/locks/a/b", "").status()).isEqualTo(503);
        }
    }

    @Test
    void aRequestTooManyIsToldWhenToComeBackInTheShapeOfItsFamily() throws Exception {
        CompletableFuture<LockService.Answer> answer = new CompletableFuture<>();
        ScriptedLockService locks = ScriptedLockService.answering(answer);
        HttpLimits limits = new HttpLimits(100, 1024, 1024, 100, 1);
        String text = "this node has as many requests in flight as it takes (1); nothing was changed, try again after a"
                + " pause";
        try (TestApi api = TestApi.start(TestApi.CONFIG.withLimits(limits), locks);
                RawHttp first = api.connect()) {
            first.request("POST /v1.0-alpha1/lock/s", List.of(), LOCK.getBytes(StandardCharsets.UTF_8));
            locks.awaitSubmission();
            assertFull(
                    api.send("POST /v1.0-alpha1/lock/s", LOCK),
                    "{\"errorCode\":\"ERR_TRY_LOCK\",\"message\":\"failed to try acquiring lock: " + text + "\"}");
            assertFull(
                    api.send("GET /sfp/api/locks/a/b", ""),
                    "{\"message\":\"" + text + "\",\"error\":\"Service Unavailable\",\"statusCode\":503}");
            RawHttp.Response openSearch = api.send("POST /_plugins/_job_scheduler/_lock", ACQUIRE, JSON);
            assertThat(openSearch.body()).contains("\"type\":\"cluster_block_exception\",\"reason\":\"" + text);
            assertFull(openSearch, openSearch.body());
            assertThat(api.send("GET /livez", "").status()).isEqualTo(200);
            assertThat(api.send("GET /v1.0/healthz", "").status()).isEqualTo(204);

            answer.complete(new LockService.Answer(new Outcome.Granted("t", 1, 1, 0), 1, 1, 0));
            assertThat(first.response().status()).isEqualTo(200);
            assertThat(api.send("POST /v1.0-alpha1/lock/s", LOCK).status()).isEqualTo(200);
        }
    }

    private static void assertFull(RawHttp.Response response, String body) {
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).contains("1");
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void whatAClientOfHttp1SendsAheadWaitsForItsTurn() throws Exception {
        try (TestApi api = start(new HttpLimits(100, 1024, 1024, 100, 1));
                RawHttp http = api.connect()) {
            int ahead = 20;
            for (int i = 0; i < ahead; i++) {
                http.request("GET /sfp/api/locks/a/b", List.of(), NOTHING);
            }
            for (int i = 0; i < ahead; i++) {
                assertThat(http.response().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aStreamTooManyIsRefusedAndTheOthersGoOn() throws Exception {
        HttpLimits limits = new HttpLimits(100, 1024, 1024, 2, 100);
        try (TestApi api = TestApi.start(TestApi.CONFIG.withLimits(limits), ScriptedLockService.silent());
                RawHttp2 http = new RawHttp2(api.api.port())) {
            assertThat(setting(http.next(RawHttp2.SETTINGS), RawHttp2.MAX_CONCURRENT_STREAMS))
                    .isEqualTo(2);
            http.get(1, "/sfp/api/locks/a/b").get(3, "/sfp/api/locks/a/b").get(5, "/sfp/api/locks/a/b");
            RawHttp2.Frame refusal = http.next(RawHttp2.RST_STREAM);
            assertThat(refusal.stream()).isEqualTo(5);
            assertThat(refusal.firstInt()).isEqualTo(RawHttp2.REFUSED_STREAM);
            http.reset(3).get(7, "/livez");
            assertThat(http.next(RawHttp2.HEADERS).stream()).isEqualTo(7);
        }
    }

    private static int setting(RawHttp2.Frame settings, int id) {
        ByteBuffer pairs = settings.payload();
        while (pairs.hasRemaining()) {
            int each = pairs.getShort();
            int value = pairs.getInt();
            if (each == id) {
                return value;
            }
        }
        throw new AssertionError("no setting " + id);
    }

    @Test
    void aClientThatTakesBackItsRequestsAgainAndAgainIsCutOff() throws Exception {
        try (TestApi api = start(HttpLimits.DEFAULT);
                RawHttp2 http = new RawHttp2(api.api.port())) {
            for (int stream = 1; stream < 2 * 250; stream += 2) {
                http.get(stream, "/livez").reset(stream);
            }
            assertThat(http.isEndedByServer()).isTrue();
        }
    }

    @Test
    void aClientWithoutARequestMayPingAsLongAsItLikes() throws Exception {
        try (TestApi api = withHeadTimeout(new LocalLockService());
                RawHttp2 http = new RawHttp2(api.api.port())) {
            for (int i = 0; i < 5; i++) {
                http.send(RawHttp2.PING, 0, 0, new byte[8]);
                http.next(RawHttp2.PING);
                Await.passed(Duration.ofMillis(200));
            }
            http.get(1, "/livez");
            assertThat(http.next(RawHttp2.HEADERS).stream()).isEqualTo(1);
        }
    }

    private static TestApi start(HttpLimits limits) throws Exception {
        return TestApi.start(TestApi.CONFIG.withLimits(limits), new LocalLockService());
    }

    private static TestApi withHeadTimeout(LockService locks) throws Exception {
        HttpTimeouts timeouts = HttpTimeouts.DEFAULT.with(Duration.ofMillis(400), LONG, LONG);
        return TestApi.start(TestApi.CONFIG.withTimeouts(timeouts), locks);
    }

    private static void assertServed(RawHttp http) throws IOException {
        assertThat(http.request("GET /livez", List.of(), NOTHING).response().status())
                .isEqualTo(200);
    }

    private static boolean isServed(TestApi api) {
        try (RawHttp http = api.connect()) {
            assertServed(http);
            return true;
        } catch (IOException e) {
            return false;
        } catch (Exception e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** Sends a byte now and then until the server has had enough. */
    private static void drip(RawHttp http, String start) throws IOException {
        http.send(start);
        for (int i = 0; i < 200; i++) {
            http.send("z");
            Await.passed(Duration.ofMillis(50));
        }
    }
}
