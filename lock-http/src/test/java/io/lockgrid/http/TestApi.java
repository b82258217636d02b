package io.lockgrid.http;

import io.lockgrid.statemachine.service.LockService;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The HTTP APIs over a lock service of the test's choice, on a free port, for one test. */
final class TestApi implements AutoCloseable {
    static final HttpConfig CONFIG = HttpConfig.of("127.0.0.1", 0, "n1", "lockgrid", "1.2.3");

    private static final long WAIT_SECONDS = 20;

    final HttpApi api;

    private TestApi(HttpApi api) {
        this.api = api;
    }

    static TestApi start(LockService locks) throws Exception {
        return start(CONFIG, locks);
    }

    static TestApi start(HttpConfig config, LockService locks) throws Exception {
        return new TestApi(HttpApi.start(config, locks)
                .toCompletionStage()
                .toCompletableFuture()
                .get(WAIT_SECONDS, TimeUnit.SECONDS));
    }

    RawHttp connect() throws Exception {
        return new RawHttp(api.port());
    }

    /** One request on a connection of its own. */
    RawHttp.Response send(String line, String body, String... headers) throws Exception {
        try (RawHttp http = connect()) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return http.request(line, List.of(headers), bytes).response();
        }
    }

    @Override
    public void close() {
        api.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
