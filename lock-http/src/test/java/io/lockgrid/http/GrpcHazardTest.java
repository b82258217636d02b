package io.lockgrid.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dapr.v1.DaprGrpc;
import io.dapr.v1.DaprProtos.TryLockRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.SubmitException;
import io.lockgrid.testkit.LocalLockService;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gRPC call that is malformed, late, given up or undecided ends in the status that says so, and frees what it held.
 */
class GrpcHazardTest {
    private static final TryLockRequest LOCK = TryLockRequest.newBuilder()
            .setStoreName("store")
            .setResourceId("r")
            .setLockOwner("me")
            .setExpiryInSeconds(60)
            .build();

    private static final String PATH = "/dapr.proto.runtime.v1.Dapr/TryLockAlpha1";
    private static final String GRPC = "content-type: application/grpc";
    private static final HttpTimeouts SHORT =
            HttpTimeouts.DEFAULT.with(Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ofSeconds(60));

    @Test
    void aCommandThatWasNotSentMayBeSentAgain() throws Exception {
        assertThat(statusOf(ScriptedLockService.failing(new SubmitException.NotSent("no leader is known"))))
                .isEqualTo("UNAVAILABLE: failed to try acquiring lock: no leader is known; nothing was changed, it is"
                        + " safe to try again");
    }

    /** Clients send an UNAVAILABLE call again by themselves, and would find the lock held by themselves. */
    @Test
    void aCommandOfUnknownOutcomeIsNoneThatClientsSendAgain() throws Exception {
        assertThat(statusOf(ScriptedLockService.failing(new SubmitException.OutcomeUnknown("the leader went away"))))
                .isEqualTo("UNKNOWN: failed to try acquiring lock: the leader went away; it is not known whether it"
                        + " took effect, look before trying again");
    }

    @Test
    void anOverloadedNodeIsExhausted() throws Exception {
        assertThat(statusOf(ScriptedLockService.failing(new SubmitException.Overloaded("too much is waiting"))))
                .isEqualTo("RESOURCE_EXHAUSTED: failed to try acquiring lock: too much is waiting; nothing was changed,"
                        + " try again after a pause");
    }

    @Test
    void aDefectIsInternalAndTellsNothing() throws Exception {
        assertThat(statusOf(ScriptedLockService.throwing(new IllegalStateException("for this test"))))
                .isEqualTo("INTERNAL: failed to try acquiring lock: a defect of the server; see its log");
    }

    private static String statusOf(LockService locks) throws Exception {
        try (TestApi api = TestApi.start(locks);
                GrpcClient client = new GrpcClient(api.api.port())) {
            client.stub().tryLockAlpha1(LOCK);
            return "OK";
        } catch (StatusRuntimeException e) {
            return e.getMessage();
        }
    }

    @Test
    void anAnswerAfterTheDeadlineHurtsNobody() throws Exception {
        CompletableFuture<LockService.Answer> answer = new CompletableFuture<>();
        try (TestApi api = TestApi.start(ScriptedLockService.answering(answer));
                GrpcClient client = new GrpcClient(api.api.port())) {
            assertThat(codeOf(() -> client.stub()
                            .withDeadlineAfter(100, TimeUnit.MILLISECONDS)
                            .tryLockAlpha1(LOCK)))
                    .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            answer.completeExceptionally(new SubmitException.NotSent("too late"));
            assertThat(codeOf(() -> client.stub().tryLockAlpha1(LOCK))).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    /** A client with a slow clock waits on, and the server tells it. */
    @Test
    void theServerEndsACallAtItsDeadline() throws Exception {
        try (TestApi api = TestApi.start(ScriptedLockService.silent());
                RawGrpc client = new RawGrpc(api.api.port())) {
            RawGrpc.Response response =
                    client.call(PATH, RawGrpc.frame(0, LOCK.toByteArray()), GRPC, "grpc-timeout: 50m");
            assertThat(response.grpcStatus()).isEqualTo(Status.Code.DEADLINE_EXCEEDED.value());
            assertThat(response.grpcMessage()).contains("it is not known whether the call took effect");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1n", "0S", "999u", "soon"})
    void aCallWhoseDeadlineHasPassedOrIsNoneHasNoEffect(String timeout) throws Exception {
        assertThat(statusWithoutEffect(RawGrpc.frame(0, LOCK.toByteArray()), GRPC, "grpc-timeout: " + timeout))
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void theLongestDeadlineIsNone() throws Exception {
        try (TestApi api = TestApi.start(new LocalLockService());
                RawGrpc client = new RawGrpc(api.api.port())) {
            assertThat(client.call(PATH, RawGrpc.frame(0, LOCK.toByteArray()), GRPC, "grpc-timeout: 99999999H")
                            .grpcStatus())
                    .isZero();
        }
    }

    @Test
    void framesThatCannotBeReadAreAnsweredWithinTheBound() throws Exception {
        byte[] message = LOCK.toByteArray();
        assertThat(statusWithoutEffect(RawGrpc.frame(1, message), GRPC))
                .as("compressed, but nobody said how")
                .isEqualTo(Status.Code.INTERNAL);
        assertThat(statusWithoutEffect(RawGrpc.frame(1, message), GRPC, "grpc-encoding: gzip"))
                .as("not what gzip writes")
                .isEqualTo(Status.Code.INTERNAL);
        assertThat(statusWithoutEffect(RawGrpc.frame(1, message), GRPC, "grpc-encoding: zstd"))
                .as("an unknown encoding")
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(statusWithoutEffect(Buffer.buffer(new byte[] {0, 0, 0}), GRPC))
                .as("less than the head of a frame")
                .isEqualTo(Status.Code.INTERNAL);
        assertThat(statusWithoutEffect(Buffer.buffer(new byte[] {0, 0, 0, 0, 9, 1}), GRPC))
                .as("shorter than it says")
                .isEqualTo(Status.Code.INTERNAL);
        assertThat(statusWithoutEffect(RawGrpc.frame(0, "{}".getBytes(UTF_8)), "content-type: application/grpc+json"))
                .as("JSON")
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc-web", "application/grpc-web-text", "application/grpcx"})
    void otherProtocolsAreNoMediaTypeOfOurs(String type) throws Exception {
        try (TestApi api = TestApi.start(new LocalLockService());
                RawGrpc client = new RawGrpc(api.api.port())) {
            assertThat(client.call(PATH, RawGrpc.frame(0, LOCK.toByteArray()), "content-type: " + type)
                            .status())
                    .isEqualTo(415);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/x", "//", "/dapr.proto.runtime.v1.Dapr", "/dapr.proto.runtime.v1.Dapr/", "/a/b/c"})
    void aPathThatIsNoMethodIsUnimplemented(String path) throws Exception {
        try (TestApi api = TestApi.start(new LocalLockService());
                RawGrpc client = new RawGrpc(api.api.port())) {
            assertThat(client.call(path, RawGrpc.frame(0, LOCK.toByteArray()), GRPC)
                            .grpcStatus())
                    .isEqualTo(Status.Code.UNIMPLEMENTED.value());
        }
    }

    private static Status.Code statusWithoutEffect(Buffer body, String... headers) throws Exception {
        LocalLockService locks = new LocalLockService();
        try (TestApi api = TestApi.start(TestApi.CONFIG.withTimeouts(SHORT), locks);
                RawGrpc client = new RawGrpc(api.api.port())) {
            RawGrpc.Response response = client.call(PATH, body, headers);
            assertThat(locks.submissions()).isZero();
            return Status.fromCodeValue(response.grpcStatus()).getCode();
        }
    }

    @Test
    void aMessageBeyondTheBoundIsRefusedAndTheConnectionLivesOn() throws Exception {
        LocalLockService locks = new LocalLockService();
        try (TestApi api = TestApi.start(locks);
                GrpcClient client = new GrpcClient(api.api.port())) {
            TryLockRequest large = LOCK.toBuilder()
                    .setLockOwner("x".repeat(HttpConfig.BODY_BYTES_MAX))
                    .build();
            assertThat(textOf(() -> client.stub().tryLockAlpha1(large)))
                    .isEqualTo("RESOURCE_EXHAUSTED: grpc: received message larger than max ("
                            + large.getSerializedSize() + " vs. 4194304)");
            assertThat(locks.submissions()).isZero();
            assertThat(client.lock("store", "r", "me", 1).value()).isTrue();
        }
    }

    @Test
    void aMessageThatUnpacksBeyondTheBoundIsRefused() throws Exception {
        LocalLockService locks = new LocalLockService();
        try (TestApi api = TestApi.start(locks);
                GrpcClient client = new GrpcClient(api.api.port())) {
            TryLockRequest bomb = LOCK.toBuilder()
                    .setLockOwner("x".repeat(HttpConfig.BODY_BYTES_MAX))
                    .build();
            assertThat(textOf(() -> client.stub().withCompression("gzip").tryLockAlpha1(bomb)))
                    .isEqualTo(
                            "RESOURCE_EXHAUSTED: grpc: received message after decompression larger than max 4194304");
            assertThat(locks.submissions()).isZero();
            assertThat(client.stub().withCompression("gzip").tryLockAlpha1(LOCK).getSuccess())
                    .isTrue();
        }
    }

    @Test
    void bytesThatAreNoMessageHaveNoEffect() throws Exception {
        LocalLockService locks = new LocalLockService();
        try (TestApi api = TestApi.start(locks);
                GrpcClient client = new GrpcClient(api.api.port())) {
            byte[] truncated = {0x0a, 0x05, 'a'};
            byte[] notUtf8 = {0x0a, 0x01, (byte) 0xff};
            for (byte[] bytes : List.of(truncated, notUtf8)) {
                assertThat(textOf(() -> unary(client, bytes)))
                        .startsWith("INTERNAL: grpc: error unmarshalling request");
            }
        }
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void aUnaryCallHasOneMessageNeitherNoneNorTwo() throws Exception {
        LocalLockService locks = new LocalLockService();
        try (TestApi api = TestApi.start(locks);
                GrpcClient client = new GrpcClient(api.api.port())) {
            assertThat(stream(client, 0)).isEqualTo("INTERNAL: the call ended without a message");
            assertThat(stream(client, 2)).isEqualTo("INTERNAL: a unary call has one message");
        }
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void aCallThatNeverEndsIsEndedWithinTheBound() throws Exception {
        LocalLockService locks = new LocalLockService();
        try (TestApi api = TestApi.start(TestApi.CONFIG.withTimeouts(SHORT), locks);
                GrpcClient client = new GrpcClient(api.api.port())) {
            Recorder recorder = new Recorder();
            ClientCall<byte[], byte[]> call = call(client);
            call.start(recorder, new Metadata());
            call.request(1);
            call.sendMessage(LOCK.toByteArray());
            assertThat(recorder.text())
                    .isEqualTo("DEADLINE_EXCEEDED: failed to read request body: not complete within 300 ms");
        }
        assertThat(locks.submissions()).isZero();
    }

    private static void unary(GrpcClient client, byte[] bytes) {
        ClientCalls.blockingUnaryCall(
                client.channel(),
                method(MethodType.UNARY),
                CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                bytes);
    }

    private static String stream(GrpcClient client, int messages) throws Exception {
        Recorder recorder = new Recorder();
        ClientCall<byte[], byte[]> call = call(client);
        call.start(recorder, new Metadata());
        call.request(1);
        for (int i = 0; i < messages; i++) {
            call.sendMessage(LOCK.toByteArray());
        }
        call.halfClose();
        return recorder.text();
    }

    private static ClientCall<byte[], byte[]> call(GrpcClient client) {
        return client.channel().newCall(method(MethodType.CLIENT_STREAMING), CallOptions.DEFAULT);
    }

    private static MethodDescriptor<byte[], byte[]> method(MethodType type) {
        return MethodDescriptor.newBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER)
                .setType(type)
                .setFullMethodName(DaprGrpc.getTryLockAlpha1Method().getFullMethodName())
                .build();
    }

    private static Status.Code codeOf(Runnable call) {
        try {
            call.run();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static String textOf(Runnable call) {
        try {
            call.run();
            return "OK";
        } catch (StatusRuntimeException e) {
            return e.getMessage();
        }
    }

    /** How a call ended. */
    private static final class Recorder extends ClientCall.Listener<byte[]> {
        private final CompletableFuture<Status> end = new CompletableFuture<>();

        @Override
        public void onClose(Status status, Metadata trailers) {
            end.complete(status);
        }

        String text() throws Exception {
            Status status = end.get(20, TimeUnit.SECONDS);
            return status.getCode() + ": " + status.getDescription();
        }
    }

    /** Messages as they are, whatever they mean. */
    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        MARSHALLER;

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
