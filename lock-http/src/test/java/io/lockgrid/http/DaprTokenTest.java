package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.dapr.v1.DaprGrpc.DaprBlockingStub;
import io.dapr.v1.DaprProtos.GetMetadataRequest;
import io.dapr.v1.DaprProtos.TryLockRequest;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.lockgrid.http.auth.Access;
import io.lockgrid.http.auth.AccessConfig;
import io.lockgrid.http.auth.AuthMode;
import io.lockgrid.http.auth.JwtConfig;
import io.lockgrid.http.auth.Secrets;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Role;
import io.lockgrid.testkit.LocalLockService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where tokens are asked for, the header and the metadata key {@code dapr-api-token} hold one. */
class DaprTokenTest {
    private static final String TOKEN = "an-owner-token-of-the-test";
    private static final String CI = "an-access-token-of-the-test";
    private static final String KEY = "dapr-api-token";
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final TryLockRequest LOCK = TryLockRequest.newBuilder()
            .setStoreName("store")
            .setResourceId("r")
            .setLockOwner("me")
            .setExpiryInSeconds(60)
            .build();

    private final LocalLockService locks = new LocalLockService();

    @TempDir
    private Path folder;

    private TestApi api;
    private GrpcClient client;

    @BeforeEach
    void start() throws Exception {
        Path file = Files.writeString(folder.resolve("owner"), TOKEN);
        Access access = Access.read(new AccessConfig(AuthMode.TOKEN, Optional.of(file), JwtConfig.NONE, 0));
        api = TestApi.start(TestApi.CONFIG.withAccess(access), locks);
        client = new GrpcClient(api.api.port());
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @Test
    void theTokenOpensEveryMethod() {
        assertThat(client.stub(KEY, TOKEN).tryLockAlpha1(LOCK).getSuccess()).isTrue();
        assertThat(client.stub(KEY, TOKEN)
                        .getMetadata(GetMetadataRequest.getDefaultInstance())
                        .getId())
                .isEqualTo("lockgrid");
    }

    @Test
    void whoShowsNoTokenIsTold() throws Exception {
        checkRefused(client.stub(), "missing api token in request metadata");
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void whoShowsAWrongTokenIsTold() throws Exception {
        checkRefused(client.stub(KEY, "another"), "authentication error: api token mismatch");
        checkRefused(client.stub("authorization", "Bearer " + TOKEN), "missing api token in request metadata");
        assertThat(locks.submissions()).isZero();
    }

    private static void checkRefused(DaprBlockingStub stub, String why) throws Exception {
        Consumer<DaprBlockingStub> lock = each -> each.tryLockAlpha1(LOCK);
        Consumer<DaprBlockingStub> metadata = each -> each.getMetadata(GetMetadataRequest.getDefaultInstance());
        for (Consumer<DaprBlockingStub> call : List.of(lock, metadata)) {
            StatusRuntimeException error = catchThrowableOfType(StatusRuntimeException.class, () -> call.accept(stub));
            assertThat(error.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
            assertThat(error.getStatus().getDescription()).isEqualTo("Unauthorized");
            Status details = Status.parseFrom(error.getTrailers().get(DETAILS));
            assertThat(details.getCode()).isEqualTo(16);
            Any only = details.getDetailsList().getFirst();
            assertThat(only.unpack(ErrorInfo.class))
                    .isEqualTo(ErrorInfo.newBuilder()
                            .setReason("Unauthorized")
                            .setDomain("dapr.io")
                            .putMetadata("http.code", "401")
                            .putMetadata("http.error_message", why)
                            .build());
        }
    }

    @Test
    void aNamespaceThatATokenMayNotUseIsDeniedWhateverAppItNames() throws Exception {
        locks.submit(new Command.CreateAccessToken("build", Secrets.hash(CI), Role.APPLICATION, List.of("ci/*")));
        StatusRuntimeException error = catchThrowableOfType(
                StatusRuntimeException.class, () -> client.stub(KEY, CI).tryLockAlpha1(LOCK));
        assertThat(error.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(error.getStatus().getDescription()).isEqualTo("build may not use namespace \"store\"");
        assertThat(client.stub(KEY, CI)
                        .tryLockAlpha1(LOCK.toBuilder().setStoreName("ci/x").build())
                        .getSuccess())
                .isTrue();
        String body = "{\"resourceId\":\"r\",\"lockOwner\":\"me\",\"expiryInSeconds\":60}";
        assertThat(api.send("POST /v1.0-alpha1/lock/store", body, KEY + ": " + CI, "dapr-app-id: ci")
                        .body())
                .isEqualTo("{\"errorCode\":\"ERR_PERMISSION_DENIED\",\"message\":\"build may not use namespace"
                        + " \\\"store\\\"\"}");
        // The token, and the lock in ci/x.
        assertThat(locks.submissions()).isEqualTo(2);
    }

    @Test
    void oneCallMoreThanTheRateIsExhausted() throws Exception {
        api.close();
        client.close();
        Access limited = Access.read(new AccessConfig(AuthMode.OPEN, Optional.empty(), JwtConfig.NONE, 1));
        api = TestApi.start(TestApi.CONFIG.withAccess(limited), locks);
        client = new GrpcClient(api.api.port());
        StatusRuntimeException error = catchThrowableOfType(StatusRuntimeException.class, () -> {
            for (int i = 0; i < 100; i++) {
                client.stub().tryLockAlpha1(LOCK);
            }
        });
        assertThat(error.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(error.getStatus().getDescription()).startsWith("more than 1 requests a second by anonymous");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1.0/healthz",
                "GET /v1.0/healthz?verbose",
                "GET /v1.0/healthz/outbound/",
                "GET //v1.0/healthz/outbound?x=1"
            })
    void theProbesNeedNone(String line) throws Exception {
        assertThat(api.send(line, "").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HEAD /v1.0/healthz",
                "POST /v1.0/healthz",
                "GET /v1.0//healthz",
                "GET /v1.0/healthz/other",
                "GET /v1.0/metadata",
                "PUT /v1.0/metadata/key",
                "GET /v1.0/there/is/no/such/path",
                "GET /v1.0-alpha1/lock/store"
            })
    void everythingElseNeedsOneBeforeItIsRouted(String line) throws Exception {
        RawHttp.Response response;
        try (RawHttp http = api.connect()) {
            response = http.request(line, List.of(), new byte[0]).response(line.startsWith("HEAD"));
        }
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(response.header("X-Content-Type-Options")).contains("nosniff");
        if (!line.startsWith("HEAD")) {
            assertThat(response.body()).isEqualTo("invalid api token\n");
        }
    }
}
