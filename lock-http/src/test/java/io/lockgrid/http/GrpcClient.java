package io.lockgrid.http;

import io.dapr.v1.DaprGrpc;
import io.dapr.v1.DaprProtos.TryLockRequest;
import io.dapr.v1.DaprProtos.UnlockRequest;
import io.dapr.v1.DaprProtos.UnlockResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** The published Dapr stubs, over one plaintext connection. */
final class GrpcClient implements AutoCloseable {
    private final ManagedChannel channel;
    private final DaprGrpc.DaprBlockingStub stub;

    /** What a call was answered with. */
    record Answer<T>(T value, Metadata headers) {
        String header(String name) {
            return headers.get(key(name));
        }
    }

    GrpcClient(int port) {
        this(NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build());
    }

    private GrpcClient(ManagedChannel channel) {
        this.channel = channel;
        this.stub = DaprGrpc.newBlockingStub(channel);
    }

    /** Over TLS. */
    static GrpcClient trusting(Path authority, int port) throws SSLException {
        SslContext context =
                GrpcSslContexts.forClient().trustManager(authority.toFile()).build();
        return new GrpcClient(NettyChannelBuilder.forAddress("localhost", port)
                .sslContext(context)
                .build());
    }

    static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Each call with a deadline of its own, so that no test hangs. */
    DaprGrpc.DaprBlockingStub stub() {
        return stub.withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    /** The same with a line of metadata. */
    DaprGrpc.DaprBlockingStub stub(String name, String value) {
        Metadata metadata = new Metadata();
        metadata.put(key(name), value);
        return stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    Answer<Boolean> lock(String store, String resource, String owner, int seconds) {
        TryLockRequest request = TryLockRequest.newBuilder()
                .setStoreName(store)
                .setResourceId(resource)
                .setLockOwner(owner)
                .setExpiryInSeconds(seconds)
                .build();
        return answer(stub -> stub.tryLockAlpha1(request).getSuccess());
    }

    Answer<UnlockResponse.Status> unlock(String store, String resource, String owner) {
        UnlockRequest request = UnlockRequest.newBuilder()
                .setStoreName(store)
                .setResourceId(resource)
                .setLockOwner(owner)
                .build();
        return answer(stub -> stub.unlockAlpha1(request).getStatus());
    }

    private <T> Answer<T> answer(Function<DaprGrpc.DaprBlockingStub, T> call) {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();
        T value = call.apply(stub().withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers)));
        return new Answer<>(value, headers.get());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
