package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dapr.v1.DaprProtos.TryLockRequest;
import io.lockgrid.http.dapr.DaprStores;
import io.lockgrid.http.dapr.KeyPrefix;
import io.lockgrid.testkit.LocalLockService;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the key prefix {@code appid}, the callers of one app share locks that others do not. */
class DaprKeyPrefixTest {
    private static final String LOCKED = "{\"success\":true}";
    private static final String HELD = "{\"success\":false}";

    private final LocalLockService locks = new LocalLockService();
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(TestApi.CONFIG.withDaprStores(new DaprStores(Set.of(), KeyPrefix.APPID)), locks);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void eachAppHasLocksOfItsOwnAndSoHaveThoseWhoNameNone() throws Exception {
        assertThat(lock("r", "dapr-app-id: orders").body()).isEqualTo(LOCKED);
        assertThat(lock("r", "dapr-app-id: orders").body()).isEqualTo(HELD);
        assertThat(lock("r", "dapr-app-id: billing").body()).isEqualTo(LOCKED);
        assertThat(lock("r").body()).isEqualTo(LOCKED);
        assertThat(lock("r", "dapr-app-id:").body()).isEqualTo(HELD);
        assertThat(api.send("POST /v1.0-alpha1/unlock/store", body("r"), "dapr-app-id: orders")
                        .body())
                .isEqualTo("{\"status\":0}");
        assertThat(lock("r", "dapr-app-id: billing").body()).isEqualTo(HELD);
    }

    @Test
    void theSameAppHasTheSameLocksOverGrpc() throws Exception {
        assertThat(lock("r", "dapr-app-id: orders").body()).isEqualTo(LOCKED);
        TryLockRequest request = TryLockRequest.newBuilder()
                .setStoreName("store")
                .setResourceId("r")
                .setLockOwner("me")
                .setExpiryInSeconds(60)
                .build();
        try (GrpcClient client = new GrpcClient(api.api.port())) {
            assertThat(client.stub("dapr-app-id", "orders")
                            .tryLockAlpha1(request)
                            .getSuccess())
                    .isFalse();
            assertThat(client.stub("dapr-app-id", "billing")
                            .tryLockAlpha1(request)
                            .getSuccess())
                    .isTrue();
        }
    }

    @Test
    void theOtherFamiliesAddressItByAppAndResource() throws Exception {
        assertThat(lock("r", "dapr-app-id: orders").body()).isEqualTo(LOCKED);
        assertThat(api.send("GET /sfp/api/locks/store/orders%7C%7Cr", "").body())
                .contains("\"resource\":\"orders||r\"", "\"requestedBy\":\"dapr:me\"");
    }

    @Test
    void noResourceOfOneAppCanSpellThatOfAnother() throws Exception {
        assertThat(lock("orders||r").status()).isEqualTo(500);
        assertThat(lock("|r", "dapr-app-id: orders|").body())
                .isEqualTo(
                        "{\"errorCode\":\"ERR_MALFORMED_REQUEST\",\"message\":\"dapr-app-id has letters, digits, dots,"
                                + " dashes and underscores only\"}");
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void appAndResourceAreOneNameOf512Bytes() throws Exception {
        assertThat(lock("x".repeat(504), "dapr-app-id: orders").body()).isEqualTo(LOCKED);
        assertThat(lock("x".repeat(505), "dapr-app-id: orders").body())
                .contains("ResourceId with dapr-app-id is longer than 512 bytes of UTF-8 in lock store store");
    }

    private RawHttp.Response lock(String resource, String... headers) throws Exception {
        return api.send("POST /v1.0-alpha1/lock/store", body(resource), headers);
    }

    private static String body(String resource) {
        return "{\"resourceId\":\"" + resource + "\",\"lockOwner\":\"me\",\"expiryInSeconds\":60}";
    }
}
