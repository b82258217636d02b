package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.LocalLockService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node in mode open serves the programs of its machine, and not the pages in its browsers. */
class OpenModeTest {
    private static final String LOCK = "{\"resourceId\":\"r\",\"lockOwner\":\"o\",\"expiryInSeconds\":1}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: 127.0.0.1:7701",
                "Host: 127.0.1.1",
                "Host: localhost:7701",
                "Host: LOCALHOST",
                "Host: grid.localhost",
                "Host: [::1]:7701",
                "Host: localhost\r\nOrigin: http://localhost:3000",
                "Host: localhost\r\nOrigin: http://[::1]:3000"
            })
    void isServedUnderALoopbackName(String headers) throws Exception {
        assertThat(lock(headers).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: rebound.example:7701",
                "Host: localhost.example",
                "Host: 127.0.0.1.example",
                "Host: 10.0.0.1",
                "Host: localhost\r\nOrigin: https://page.example",
                "Host: localhost\r\nOrigin: null",
                "Host: localhost\r\nOrigin: http://localhost.example",
                "Host: localhost\r\nOrigin: %%%"
            })
    void isNotServedToAWebPage(String headers) throws Exception {
        RawHttp.Response response = lock(headers);
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body())
                .startsWith("{\"errorCode\":\"ERR_PERMISSION_DENIED\",\"message\":\"anonymous may not");
    }

    private static RawHttp.Response lock(String headers) throws Exception {
        LocalLockService locks = new LocalLockService();
        try (TestApi api = TestApi.start(locks);
                RawHttp http = api.connect()) {
            http.send("POST /v1.0-alpha1/lock/s HTTP/1.1\r\n" + headers + "\r\nContent-Length: " + LOCK.length()
                    + "\r\n\r\n" + LOCK);
            RawHttp.Response response = http.response();
            assertThat(locks.submissions()).isEqualTo(response.status() == 200 ? 1 : 0);
            return response;
        }
    }
}
