package io.lockgrid.http.sfp;

import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Rejection;
import io.lockgrid.http.wire.Reply;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * Replies in the form of NestJS, which the sfp server is written with: errors have the members message, error and
 * statusCode, in that order; the message of a validation is a list.
 */
final class SfpReplies {
    private static final String JSON = "application/json; charset=utf-8";
    private static final int BAD_REQUEST = 400;

    private SfpReplies() {}

    static Reply json(int status, Buffer body) {
        return Reply.of(status, JSON, body);
    }

    static Reply jsonInParts(Iterator<Buffer> parts) {
        return Reply.inParts(200, JSON, parts);
    }

    static Rejection badRequest(String message) {
        return new Rejection(error(BAD_REQUEST, "Bad Request", message));
    }

    /** @param messages one for each rule that the input breaks */
    static Rejection invalid(List<String> messages) {
        return new Rejection(json(BAD_REQUEST, Json.object(out -> {
            out.writeArrayFieldStart("message");
            for (String message : messages) {
                out.writeString(message);
            }
            out.writeEndArray();
            out.writeStringField("error", "Bad Request");
            out.writeNumberField("statusCode", BAD_REQUEST);
        })));
    }

    static Reply noSuchLock() {
        return error(404, "Not Found", "Lock not found");
    }

    static Reply noSuchRoute(String method, String uri) {
        return error(404, "Not Found", "Cannot " + method + " " + uri);
    }

    static Reply queueFull() {
        return error(429, "Too Many Requests", "The queue of this resource is full")
                .with("Retry-After", "1");
    }

    static Reply keyReused() {
        return error(422, "Unprocessable Entity", "Idempotency-Key was used for another request");
    }

    static Reply failure(Failure failure) {
        return switch (failure) {
            case Failure.BodyTooLarge(long max) -> unforeseen(413, "request entity too large");
            case Failure.BodyTooSlow(Duration bound) ->
                error(408, "Request Timeout", "request body not complete within " + bound.toMillis() + " ms");
            case Failure.ClientGone gone -> error(BAD_REQUEST, "Bad Request", "request aborted");
            case Failure.Unauthenticated(String why) ->
                why.isEmpty()
                        ? json(401, Json.text("{\"message\":\"Unauthorized\",\"statusCode\":401}"))
                        : error(401, "Unauthorized", why);
            case Failure.Forbidden forbidden -> error(403, "Forbidden", "Forbidden resource");
            case Failure.TooManyRequests tooMany -> error(429, "Too Many Requests", tooMany.text());
            case Failure.NoOutcome(Failure.Kind kind, String text) -> {
                Reply reply = error(503, "Service Unavailable", text);
                yield kind == Failure.Kind.OVERLOADED ? reply.with("Retry-After", "1") : reply;
            }
            case Failure.Defect defect -> unforeseen(500, "Internal server error");
        };
    }

    /** @param what cannot be read */
    static Rejection unsupported(String what, String value) {
        return new Rejection(unforeseen(415, "unsupported " + what + " \"" + value + "\""));
    }

    /** Two members, in this order: so NestJS passes on what did not come from its own exceptions. */
    private static Reply unforeseen(int status, String message) {
        return json(status, Json.object(out -> {
            out.writeNumberField("statusCode", status);
            out.writeStringField("message", message);
        }));
    }

    private static Reply error(int status, String error, String message) {
        return json(status, Json.object(out -> {
            out.writeStringField("message", message);
            out.writeStringField("error", error);
            out.writeNumberField("statusCode", status);
        }));
    }
}
