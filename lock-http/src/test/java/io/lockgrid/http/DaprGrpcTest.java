package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dapr.v1.DaprProtos.GetMetadataRequest;
import io.dapr.v1.DaprProtos.GetStateRequest;
import io.dapr.v1.DaprProtos.SetMetadataRequest;
import io.dapr.v1.DaprProtos.UnlockResponse.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.lockgrid.http.dapr.DaprStores;
import io.lockgrid.http.dapr.KeyPrefix;
import io.lockgrid.testkit.LocalLockService;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Dapr API over gRPC, called by the published stubs over a socket. */
class DaprGrpcTest {
    private final LocalLockService locks = new LocalLockService();
    private TestApi api;
    private GrpcClient client;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(locks);
        client = new GrpcClient(api.api.port());
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @Test
    void aFreeLockIsGrantedAndItsTokenIsInTheMetadata() {
        GrpcClient.Answer<Boolean> first = client.lock("store", "r", "me", 60);
        assertThat(first.value()).isTrue();
        assertThat(first.header("lockgrid-fencing-token")).isEqualTo("1");
        assertThat(first.header("lockgrid-index")).isEqualTo("1");
        assertThat(first.header("lockgrid-cluster-time")).isEqualTo("0");
        GrpcClient.Answer<Boolean> second = client.lock("store", "r", "me", 60);
        assertThat(second.value()).isFalse();
        assertThat(second.header("lockgrid-fencing-token")).isNull();
        assertThat(second.header("lockgrid-index")).isEqualTo("2");
    }

    @Test
    void unlockTellsSuccessFromNoSuchLockFromOtherOwner() {
        assertThat(client.unlock("store", "r", "me").value()).isEqualTo(Status.LOCK_DOES_NOT_EXIST);
        client.lock("store", "r", "me", 60);
        assertThat(client.unlock("store", "r", "you").value()).isEqualTo(Status.LOCK_BELONGS_TO_OTHERS);
        assertThat(client.unlock("store", "r", "me").value()).isEqualTo(Status.SUCCESS);
        assertThat(client.unlock("store", "r", "me").value()).isEqualTo(Status.LOCK_DOES_NOT_EXIST);
    }

    @Test
    void theEightStepsOfDaprsConformanceTestHold() {
        assertThat(client.lock("store", "k1", "conftest", 15).value()).isTrue();
        assertThat(client.lock("store", "k2", "conftest", 3).value()).isTrue();
        assertThat(client.lock("store", "k1", "conftest", 15).value()).isFalse();
        assertThat(client.unlock("store", "nonexistent", "conftest").value()).isEqualTo(Status.LOCK_DOES_NOT_EXIST);
        assertThat(client.unlock("store", "k1", "nonowner").value()).isEqualTo(Status.LOCK_BELONGS_TO_OTHERS);
        assertThat(client.unlock("store", "k1", "conftest").value()).isEqualTo(Status.SUCCESS);
        locks.advance(Duration.ofMillis(2_999));
        assertThat(client.lock("store", "k2", "conftest", 3).value()).isFalse();
        locks.advance(Duration.ofMillis(1));
        assertThat(client.lock("store", "k2", "conftest", 3).value()).isTrue();
    }

    @Test
    void aSecondOwnerIsRefusedWithinTheLeaseAndGrantedAfterUnlock() {
        client.lock("store", "r", "client1", 5);
        locks.advance(Duration.ofSeconds(2));
        assertThat(client.lock("store", "r", "client2", 5).value()).isFalse();
        assertThat(client.lock("store", "s", "client2", 5).value()).isTrue();
        assertThat(client.unlock("store", "r", "client1").value()).isEqualTo(Status.SUCCESS);
        assertThat(client.lock("store", "r", "client2", 5).value()).isTrue();
    }

    @Test
    void theLockIsTheSameOverHttp() throws Exception {
        assertThat(client.lock("a/b c", "r", "me", 60).value()).isTrue();
        assertThat(api.send("POST /v1.0-alpha1/unlock/a%2Fb+c", "{\"resourceId\":\"r\",\"lockOwner\":\"me\"}")
                        .body())
                .isEqualTo("{\"status\":0}");
    }

    @Test
    void metadataTakesWhatClientsAdd() throws Exception {
        client.stub()
                .setMetadata(SetMetadataRequest.newBuilder()
                        .setKey("cliPID")
                        .setValue("1234")
                        .build());
        assertThat(client.stub()
                        .getMetadata(GetMetadataRequest.getDefaultInstance())
                        .getExtendedMetadataMap())
                .containsEntry("cliPID", "1234")
                .containsEntry("daprRuntimeVersion", "1.2.3");
        assertThat(api.send("GET /v1.0/metadata", "").body()).contains("\"cliPID\":\"1234\"");
    }

    @Test
    void metadataHasABound() {
        for (int i = 0; i < 64; i++) {
            String key = "k" + i;
            client.stub()
                    .setMetadata(SetMetadataRequest.newBuilder().setKey(key).build());
        }
        assertFails(
                () -> client.stub()
                        .setMetadata(SetMetadataRequest.newBuilder()
                                .setKey("one more")
                                .build()),
                Code.INVALID_ARGUMENT,
                "there is room for 64 entries of metadata, with keys of 512 bytes and values of 4096");
    }

    @Test
    void metadataIsWhatClientsWaitFor() {
        assertThat(client.stub()
                        .getMetadata(GetMetadataRequest.getDefaultInstance())
                        .getRuntimeVersion())
                .isEqualTo("1.2.3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "other; '';   '';   0; INVALID_ARGUMENT; ExpiryInSeconds is not positive in lock store other",
                "other; '';   '';  -1; INVALID_ARGUMENT; ExpiryInSeconds is not positive in lock store other",
                "other; '';   '';   1; INVALID_ARGUMENT; ResourceId is empty in lock store other",
                "other; r;    '';   1; INVALID_ARGUMENT; LockOwner is empty in lock store other",
                "other; a||b; me;   1; INVALID_ARGUMENT; lock store other not found",
                "'';    r;    me;   1; INVALID_ARGUMENT; lock store  not found",
                "known; r;    me; 86401; INVALID_ARGUMENT; ExpiryInSeconds is greater than 86400 in lock store known",
            })
    void eachCheckHasItsTurnAndItsText(String store, String resource, String owner, int seconds, Code code, String text)
            throws Exception {
        api.close();
        client.close();
        api = TestApi.start(TestApi.CONFIG.withDaprStores(new DaprStores(Set.of("known"), KeyPrefix.NAME)), locks);
        client = new GrpcClient(api.api.port());
        assertFails(() -> client.lock(store, resource, owner, seconds), code, text);
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void twoBarsInAResourceAreAnErrorOfTheStore() {
        assertFails(
                () -> client.lock("store", "a||b", "me", 60),
                Code.INTERNAL,
                "failed to try acquiring lock: input key/keyPrefix 'a||b' can't contain '||'");
        assertFails(
                () -> client.unlock("store", "a||b", "me"),
                Code.INTERNAL,
                "failed to release lock: input key/keyPrefix 'a||b' can't contain '||'");
    }

    @Test
    void anUnknownMethodIsUnimplemented() {
        assertFails(
                () -> client.stub().getState(GetStateRequest.getDefaultInstance()),
                Code.UNIMPLEMENTED,
                "Method not found: dapr.proto.runtime.v1.Dapr/GetState");
    }

    private static void assertFails(ThrowingCallable call, Code code, String text) {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(call)
                .satisfies(error -> assertThat(error.getStatus().getCode()).isEqualTo(code))
                .satisfies(
                        error -> assertThat(error.getStatus().getDescription()).isEqualTo(text));
    }
}
