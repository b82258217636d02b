package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.testkit.LocalLockService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenSearch family's bodies in every format, whole and in parts. */
class OpenSearchFormatTest {
    private static final String PATH = "/_plugins/_job_scheduler/api/locks";
    private static final int FEW = 3;
    private static final int MANY = 3_000;

    private final LocalLockService locks = new LocalLockService();
    private final HttpClient client = HttpClient.newHttpClient();
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(locks);
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @ParameterizedTest
    @CsvSource({"yaml,3", "yaml,3000", "cbor,3", "cbor,3000", "smile,3", "smile,3000", "json,3000"})
    void everyFormatSaysTheSame(String format, int count) throws Exception {
        take(count);
        HttpResponse<byte[]> plain = get(PATH);
        HttpResponse<byte[]> other = get(PATH + "?format=" + format);
        assertThat(other.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/" + format);
        List<String> said = tokens(plain.body(), new JsonFactory());
        assertThat(said).hasSize(5 + count * 13 + 2);
        assertThat(tokens(other.body(), factory(format))).isEqualTo(said);
    }

    private static JsonFactory factory(String format) {
        return switch (format) {
            case "yaml" -> new YAMLFactory();
            case "cbor" -> new CBORFactory();
            case "smile" -> new SmileFactory();
            default -> new JsonFactory();
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void aListIsFilteredWhetherWholeOrInParts(int count) throws Exception {
        take(count);
        assertThat(text(get(PATH + "?filter_path=total_locks"))).isEqualTo("{\"total_locks\":" + count + "}");
        assertThat(text(get(PATH + "?filter_path=-total_locks,locks.index-job1.job_id,total_locks")))
                .isEqualTo("{\"locks\":{\"index-job1\":{\"job_id\":\"job1\"}}}");
        assertThat(text(get(PATH + "?filter_path=nothing"))).isEqualTo("{}");
        assertThat(text(get(PATH + "?filter_path=nothing&pretty"))).isEqualTo("{ }\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void gzipIsAnsweredToWhoAsksForIt(int count) throws Exception {
        take(count);
        byte[] plain = get(PATH).body();
        HttpResponse<byte[]> packed = get(PATH, "Accept-Encoding", "deflate, gzip;q=0.5");
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.body()).hasSizeLessThan(plain.length);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
        if (count == FEW) {
            assertThat(packed.headers().firstValueAsLong("Content-Length")).hasValue(packed.body().length);
        }
        HttpResponse<byte[]> refused = get(PATH, "Accept-Encoding", "gzip;q=0, identity");
        assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(refused.body()).isEqualTo(plain);
    }

    @Test
    void otherFamiliesAreNeverCompressed() throws Exception {
        HttpResponse<byte[]> dapr = get("/v1.0/metadata", "Accept-Encoding", "gzip");
        assertThat(dapr.statusCode()).isEqualTo(200);
        assertThat(dapr.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void aRequestMayComeCompressed() throws Exception {
        String body = "{\"job_index_name\":\"i\",\"job_id\":\"j\",\"lock_duration_seconds\":10}";
        assertThat(text(acquire(gzip(body)))).startsWith("{\"lock_id\":\"i-j\",");
    }

    @Test
    void aRequestThatIsNotTheGzipItSaysIsIllegalAndABombIsTooLong() throws Exception {
        HttpResponse<byte[]> none = acquire("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(text(none)).contains("\"parse_exception\"");
        HttpResponse<byte[]> bomb = acquire(gzip(" ".repeat(100 << 20)));
        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(locks.submissions()).isZero();
    }

    private void take(int count) {
        for (int i = 0; i < count; i++) {
            locks.submit(new Command.TryAcquire(
                    new LockName("index", "job" + i), "t" + i, new Holder("opensearch", "o"), 60_000));
        }
    }

    private HttpResponse<byte[]> acquire(byte[] packed) throws Exception {
        return client.send(
                request("/_plugins/_job_scheduler/_lock")
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(packed))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.api.port() + path));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** What a body says, token by token. */
    private static List<String> tokens(byte[] body, JsonFactory factory) throws IOException {
        List<String> tokens = new ArrayList<>();
        try (JsonParser parser = factory.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tokens.add(token + " " + parser.getText());
            }
        }
        return tokens;
    }
}
