package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.http.auth.Access;
import io.lockgrid.http.auth.AccessConfig;
import io.lockgrid.http.auth.SetClock;
import io.lockgrid.testkit.LocalLockService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers who call too often, over a socket. */
class RateLimitTest {
    private static final String STATUS = "GET /v1/status";
    private static final String TEXT = "more than 2 requests a second by anonymous; try again in 1 s";

    private final AtomicLong nanos = new AtomicLong();
    private final LocalLockService locks = new LocalLockService();
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        AccessConfig config = AccessConfig.OPEN.withRequestsPerSecond(2);
        Access access = Access.read(config, new SetClock(), nanos::get);
        api = TestApi.start(TestApi.CONFIG.withAccess(access), locks);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void everyAnswerSaysWhatIsLeft() throws Exception {
        RawHttp.Response first = api.send(STATUS, "");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("RateLimit-Policy")).contains("\"caller\";q=2;w=1");
        assertThat(first.header("RateLimit")).contains("\"caller\";r=1;t=1");
        RawHttp.Response second = api.send("GET /v1/nothing", "");
        assertThat(second.status()).isEqualTo(404);
        assertThat(second.header("RateLimit")).contains("\"caller\";r=0;t=1");
        RawHttp.Response third = api.send(STATUS, "");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.header("RateLimit-Policy")).contains("\"caller\";q=2;w=1");
        assertThat(third.header("RateLimit")).contains("\"caller\";r=0;t=1");
        assertThat(third.header("Retry-After")).contains("1");
        nanos.addAndGet(500_000_000);
        assertThat(api.send(STATUS, "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    POST /v1.0-alpha1/lock/s | {"errorCode":"ERR_TOO_MANY_REQUESTS","message":"TEXT"}
                    POST /sfp/api/locks      | {"message":"TEXT","error":"Too Many Requests","statusCode":429}
                    GET /v1/status           | \
                    {"type":"about:blank","title":"Too Many Requests","status":429,"detail":"TEXT"}
                    GET /_plugins/_job_scheduler/api/locks | \
                    {"error":{"root_cause":[{"type":"rejected_execution_exception","reason":"TEXT"}],\
                    "type":"rejected_execution_exception","reason":"TEXT"},"status":429}
                    """)
    void oneTooManyIsRefusedInTheShapeOfTheApiAndHasNoEffect(String line, String body) throws Exception {
        api.send(STATUS, "");
        api.send(STATUS, "");
        RawHttp.Response refused = api.send(line, "{\"resourceId\":\"r\",\"lockOwner\":\"o\",\"expiryInSeconds\":1}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).contains("1");
        assertThat(refused.body()).isEqualTo(body.replace("TEXT", TEXT));
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void probesAreNotCounted() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(api.send("GET /readyz", "").status()).isEqualTo(200);
        }
        RawHttp.Response counted = api.send(STATUS, "");
        assertThat(counted.header("RateLimit")).contains("\"caller\";r=1;t=1");
        assertThat(api.send("GET /readyz", "").header("RateLimit")).isEmpty();
    }
}
