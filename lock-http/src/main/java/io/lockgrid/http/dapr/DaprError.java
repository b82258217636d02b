package io.lockgrid.http.dapr;

import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Rejection;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;

/**
 * An error in the words of the runtime (dapr/dapr, pkg/messages/predefined.go). HTTP and gRPC share the message and
 * differ in the code.
 *
 * @param httpStatus status of the HTTP reply
 * @param code {@code errorCode} of the HTTP reply
 * @param grpcStatus status of the gRPC reply
 * @param message the text of both
 */
record DaprError(int httpStatus, String code, GrpcStatus grpcStatus, String message) {
    /** What was asked for; an error of the lock store bears its name. */
    enum Operation {
        LOCK("ERR_TRY_LOCK", "failed to try acquiring lock: "),
        UNLOCK("ERR_UNLOCK", "failed to release lock: "),
        OTHER("ERR_INTERNAL", "");

        private final String code;
        private final String prefix;

        Operation(String code, String prefix) {
            this.code = code;
            this.prefix = prefix;
        }

        /** The store failed, or refused what it was given. */
        DaprError failed(int httpStatus, GrpcStatus grpcStatus, String why) {
            return new DaprError(httpStatus, code, grpcStatus, prefix + why);
        }
    }

    /** Ends the handling of a request with an error: over HTTP as any rejection does, over gRPC in its own way. */
    static final class Refusal extends Rejection {
        private static final long serialVersionUID = 1L;
        private final transient DaprError error;

        Refusal(DaprError error) {
            super(DaprReplies.error(error));
            this.error = error;
        }

        DaprError error() {
            return error;
        }
    }

    /** The error that an exception means. */
    static DaprError of(Operation operation, Throwable cause) {
        return cause instanceof Refusal refusal ? refusal.error : of(operation, Failure.of(cause));
    }

    static Refusal malformed(String message) {
        return new Refusal(new DaprError(400, "ERR_MALFORMED_REQUEST", GrpcStatus.INVALID_ARGUMENT, message));
    }

    static DaprError of(Operation operation, Failure failure) {
        return switch (failure) {
            case Failure.BodyTooLarge tooLarge -> bodyRead(400, GrpcStatus.RESOURCE_EXHAUSTED, "stream too large");
            case Failure.BodyTooSlow(Duration bound) ->
                bodyRead(408, GrpcStatus.DEADLINE_EXCEEDED, "not complete within " + bound.toMillis() + " ms");
            case Failure.ClientGone gone -> bodyRead(400, GrpcStatus.CANCELLED, "unexpected EOF");
            case Failure.Unauthenticated unauthenticated ->
                new DaprError(401, "ERR_UNAUTHENTICATED", GrpcStatus.UNAUTHENTICATED, "Unauthorized");
            case Failure.Forbidden(String caller, String what) ->
                new DaprError(
                        403, "ERR_PERMISSION_DENIED", GrpcStatus.PERMISSION_DENIED, caller + " may not use " + what);
            case Failure.TooManyRequests tooMany ->
                new DaprError(429, "ERR_TOO_MANY_REQUESTS", GrpcStatus.RESOURCE_EXHAUSTED, tooMany.text());
            case Failure.NoOutcome(Failure.Kind kind, String text) -> operation.failed(503, statusOf(kind), text);
            case Failure.Defect defect ->
                operation.failed(500, GrpcStatus.INTERNAL, "a defect of the server; see its log");
        };
    }

    /**
     * What Dapr's clients do by themselves decides: those of Java and Python send an UNAVAILABLE call again if they are
     * told to retry, so an unknown outcome must not be one. A lock that was taken after all would refuse its own owner.
     */
    private static GrpcStatus statusOf(Failure.Kind kind) {
        return switch (kind) {
            case NOT_SENT -> GrpcStatus.UNAVAILABLE;
            case OVERLOADED -> GrpcStatus.RESOURCE_EXHAUSTED;
            case UNKNOWN -> GrpcStatus.UNKNOWN;
        };
    }

    private static DaprError bodyRead(int httpStatus, GrpcStatus grpcStatus, String why) {
        return new DaprError(httpStatus, "ERR_BODY_READ", grpcStatus, "failed to read request body: " + why);
    }
}
