package io.lockgrid.bench.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.dapr.v1.DaprProtos.TryLockRequest;
import io.dapr.v1.DaprProtos.TryLockResponse;
import io.dapr.v1.DaprProtos.UnlockRequest;
import io.dapr.v1.DaprProtos.UnlockResponse;
import java.util.concurrent.CompletableFuture;

/** The Dapr lock API over gRPC. */
public final class GrpcClient implements LockClient {
    private static final String SERVICE = "dapr.proto.runtime.v1.Dapr/";
    private static final String STORE = "bench";

    private final GrpcConnection connection;

    public GrpcClient(GrpcConnection connection) {
        this.connection = connection;
    }

    @Override
    public CompletableFuture<Grant> acquire(String lock, String owner, int leaseSeconds) {
        TryLockRequest request = TryLockRequest.newBuilder()
                .setStoreName(STORE)
                .setResourceId(lock)
                .setLockOwner(owner)
                .setExpiryInSeconds(leaseSeconds)
                .build();
        return connection.call(SERVICE + "TryLockAlpha1", request.toByteArray()).thenApply(answer -> {
            Answers.check(
                    "acquire: refused",
                    parse(answer, TryLockResponse::parseFrom).getSuccess());
            return new Grant(lock, owner, "", Answers.token(answer));
        });
    }

    @Override
    public CompletableFuture<?> release(Grant grant) {
        UnlockRequest request = UnlockRequest.newBuilder()
                .setStoreName(STORE)
                .setResourceId(grant.lock())
                .setLockOwner(grant.owner())
                .build();
        return connection
                .call(SERVICE + "UnlockAlpha1", request.toByteArray())
                .thenAccept(answer -> Answers.check(
                        "release: refused",
                        parse(answer, UnlockResponse::parseFrom).getStatusValue() == 0));
    }

    /** Reads a message. */
    private interface Parser<M> {
        M parse(byte[] bytes) throws InvalidProtocolBufferException;
    }

    private static <M> M parse(Response answer, Parser<M> parser) {
        try {
            return parser.parse(answer.body());
        } catch (InvalidProtocolBufferException e) {
            throw new CallFailedException("answer is no message");
        }
    }
}
