package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.LocalLockService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets the error of its family within a bound, and leaves no trace in the log. */
class BadInputTest {
    private static final String DAPR = "POST /v1.0-alpha1/lock/s";
    private static final String SFP = "POST /sfp/api/locks";
    private static final String OPENSEARCH = "GET /_plugins/_job_scheduler/_lock";
    private static final String JSON = "Content-Type: application/json";

    private static final HttpTimeouts SHORT = new HttpTimeouts(
            Duration.ofSeconds(10),
            Duration.ofMillis(300),
            Duration.ofSeconds(10),
            Duration.ofMillis(900),
            Duration.ofSeconds(1));

    private final LocalLockService locks = new LocalLockService();
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(TestApi.CONFIG.withTimeouts(SHORT), locks);
    }

    @AfterEach
    void nothingHasReachedTheLog() {
        api.close();
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void aBodyOfTenMegabytesIsRefusedAndTheConnectionLivesOn() throws Exception {
        byte[] body = new byte[10_000_000];
        Arrays.fill(body, (byte) ' ');
        try (RawHttp http = api.connect()) {
            RawHttp.Response dapr = http.request(DAPR, List.of(), body).response();
            assertThat(dapr.status()).isEqualTo(400);
            assertThat(dapr.body())
                    .isEqualTo("{\"errorCode\":\"ERR_BODY_READ\",\"message\":\"failed to read request body: stream too"
                            + " large\"}");
            RawHttp.Response sfp = http.request(SFP, List.of(JSON), body).response();
            assertThat(sfp.status()).isEqualTo(413);
            assertThat(sfp.body()).contains("\"statusCode\":413");
            RawHttp.Response openSearch =
                    http.request(OPENSEARCH, List.of(JSON), body).response();
            assertThat(openSearch.status()).isEqualTo(413);
            assertThat(openSearch.body()).contains("\"status\":413");
            assertThat(http.request("GET /livez", List.of(), new byte[0])
                            .response()
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DAPR, SFP, OPENSEARCH})
    void aHalfSentBodyIsAnsweredWithinTheBoundAndItsConnectionClosed(String line) throws Exception {
        try (RawHttp http = api.connect()) {
            http.send(line + " HTTP/1.1\r\nHost: localhost\r\n" + JSON + "\r\nContent-Length: 100\r\n\r\n{\"resou");
            RawHttp.Response response = http.response();
            assertThat(response.status()).isEqualTo(408);
            assertThat(response.body()).contains("300 ms");
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aBodyThatNeverEndsIsCutOff() throws Exception {
        byte[] chunk = "10000\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] data = new byte[0x10000 + 2];
        data[0x10000] = '\r';
        data[0x10001] = '\n';
        try (RawHttp http = api.connect()) {
            http.send(DAPR + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 80; i++) {
                http.send(chunk).send(data);
            }
            assertThat(http.response().status()).isEqualTo(400);
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /v1.0-alpha1", DAPR + " HTTP/1.1\r\nHost: localhost\r\nContent-Le", ""})
    void aHalfSentHeadIsDroppedWithinTheBound(String half) throws Exception {
        try (RawHttp http = api.connect()) {
            assertThat(http.send(half).isClosedByServer()).isTrue();
        }
    }

    @Test
    void whatIsNoRequestIsAnsweredAndDropped() throws Exception {
        assertThat(statusOf("GET / HTTP/9.9.9\r\n\r\n")).isEqualTo(400);
        assertThat(statusOf("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .isEqualTo(414);
        assertThat(statusOf("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n"))
                .isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS *", "GET livez", "GET ?", "GET /livez#x", "GET /%", "POST /"})
    void aTargetThatIsNoPathOfOursIsAnswered(String line) throws Exception {
        assertThat(api.send(line, "").status()).isBetween(400, 405);
    }

    private int statusOf(String request) throws Exception {
        try (RawHttp http = api.connect()) {
            RawHttp.Response response = http.send(request).response();
            assertThat(response.header("Content-Type")).contains("application/problem+json");
            assertThat(http.isClosedByServer()).isTrue();
            return response.status();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "null",
                "[]",
                "5",
                "\"x\"",
                "{",
                "{} x",
                "{}{}",
                "{\"a\":1,}",
                "{/**/}",
                "{'a':1}",
                "\uFEFF{}",
                "{\"expiryInSeconds\":\"\"}",
                "{\"expiryInSeconds\":\"0x3C\"}",
                "{\"expiryInSeconds\":060}",
                "{\"expiryInSeconds\":+60}",
                "{\"expiryInSeconds\":NaN}",
                "{\"expiryInSeconds\":true}",
                "{\"expiryInSeconds\":[60]}",
                "{\"expiryInSeconds\":1e999999999}",
                "{\"expiryInSeconds\":1e99999999999}",
                "{\"lockOwner\":{}}",
                "{\"lockOwner\":\"\\ud800\"}",
                "{\"x\":\"\\ud800\"}",
                "{\"lockOwner\":\"a\tb\"}"
            })
    void whatProtobufJsonDoesNotReadIsMalformed(String body) throws Exception {
        RawHttp.Response response = api.send(DAPR, body);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"errorCode\":\"ERR_MALFORMED_REQUEST\",\"message\":\"failed deserializing HTTP body:"
                        + " proto: (line ");
    }

    @Test
    void bytesThatAreNotUtf8AreNoText() throws Exception {
        byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'};
        for (String line : List.of(DAPR, SFP, OPENSEARCH)) {
            try (RawHttp http = api.connect()) {
                RawHttp.Response response =
                        http.request(line, List.of(JSON), overlong).response();
                assertThat(response.status()).isEqualTo(400);
                assertThat(response.body()).contains("invalid UTF-8");
            }
        }
        assertThat(api.send("GET /sfp/api/locks/%ff/b", "").status()).isEqualTo(400);
        assertThat(api.send("GET /_plugins/_job_scheduler/api/locks/%ff-b", "").status())
                .isEqualTo(400);
        assertThat(api.send("POST /v1.0-alpha1/lock/%ff", "{}").status()).isEqualTo(400);
    }

    @Test
    void deepNestingIsRefusedByEachFamily() throws Exception {
        String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        for (String line : List.of(DAPR, SFP, OPENSEARCH)) {
            assertThat(api.send(line, deep, JSON).status()).isEqualTo(400);
        }
    }

    @Test
    void aNameOfMoreThan512BytesIsRefusedByEachFamily() throws Exception {
        String longName = "é".repeat(256) + "x";
        String lock = "{\"resourceId\":\"%s\",\"lockOwner\":\"%s\",\"expiryInSeconds\":1}";
        assertThat(api.send(DAPR, lock.formatted(longName, "o")).body())
                .isEqualTo("{\"errorCode\":\"ERR_MALFORMED_REQUEST\",\"message\":\"ResourceId is longer than 512 bytes"
                        + " of UTF-8 in lock store s\"}");
        assertThat(api.send(DAPR, lock.formatted("r", longName)).status()).isEqualTo(400);
        assertThat(api.send("POST /v1.0-alpha1/unlock/" + "x".repeat(513), lock.formatted("r", "o"))
                        .status())
                .isEqualTo(400);

        String queue = "{\"repository\":\"" + longName + "\",\"resource\":\"b\",\"leaseDurationSeconds\":1}";
        assertThat(api.send(SFP, queue, JSON).status()).isEqualTo(400);
        assertThat(api.send("GET /sfp/api/locks/a/" + "x".repeat(513), "").body())
                .contains("resource must be valid Unicode, shorter than or equal to 512 bytes of UTF-8");

        String acquire = "{\"job_index_name\":\"i\",\"job_id\":\"" + longName + "\",\"lock_duration_seconds\":1}";
        assertThat(api.send(OPENSEARCH, acquire, JSON).body())
                .contains("[job_id] is too long, must be no longer than 512 bytes");
    }

    @Test
    void anIdempotencyKeyIsNeitherEmptyNorEndless() throws Exception {
        String queue = "{\"repository\":\"a\",\"resource\":\"b\",\"leaseDurationSeconds\":1}";
        assertThat(api.send(SFP, queue, JSON, "Idempotency-Key: ").status()).isEqualTo(400);
        assertThat(api.send(SFP, queue, JSON, "Idempotency-Key: " + "k".repeat(252))
                        .body())
                .isEqualTo("{\"message\":[\"Idempotency-Key must have 1 to 251 bytes\"],\"error\":\"Bad"
                        + " Request\",\"statusCode\":400}");
    }
}
