package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Rejection;
import io.lockgrid.http.wire.Reply;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * Replies in the form of OpenSearch. Its router says what is wrong in a text, its exceptions in an object; clients read
 * both. Error bodies are built here compactly; the layout that was asked for is applied at the end.
 */
final class OpenSearchReplies {
    static final String JSON = "application/json; charset=UTF-8";

    private static final int BAD_REQUEST = 400;

    private OpenSearchReplies() {}

    static Rejection illegalArgument(String reason) {
        return rejection(BAD_REQUEST, "illegal_argument_exception", reason);
    }

    static Rejection badEscape(String text) {
        return illegalArgument("invalid percent escape or UTF-8 in [" + text + "]");
    }

    static Rejection rejection(int status, String type, String reason) {
        return new Rejection(exception(status, type, reason));
    }

    static Reply conflict(String reason) {
        return exception(409, "version_conflict_engine_exception", reason);
    }

    static Reply exception(int status, String type, String reason) {
        return exception(status, type, reason, out -> {});
    }

    /**
     * An exception. Its trace says what and why, but not where in the code: that is nobody's business outside.
     *
     * @param place writes what else the exception has, e.g. line and column
     */
    static Reply exception(int status, String type, String reason, Json.Writer place) {
        Json.Writer cause = out -> {
            out.writeStringField("type", type);
            out.writeStringField("reason", reason);
            place.writeTo(out);
            out.writeStringField("stack_trace", type + ": " + reason);
        };
        return Reply.of(status, JSON, Json.object(out -> {
            out.writeObjectFieldStart("error");
            out.writeArrayFieldStart("root_cause");
            out.writeStartObject();
            cause.writeTo(out);
            out.writeEndObject();
            out.writeEndArray();
            cause.writeTo(out);
            out.writeEndObject();
            out.writeNumberField("status", status);
        }));
    }

    static Reply noHandler(String method, String uri) {
        return Reply.of(
                BAD_REQUEST,
                JSON,
                Json.object(out -> out.writeStringField(
                        "error", "no handler found for uri [" + uri + "] and method [" + method + "]")));
    }

    /** @param allowed methods, separated by a comma */
    static Reply wrongMethod(String method, String uri, String allowed) {
        String text = "Incorrect HTTP method for uri [" + uri + "] and method [" + method + "], allowed: ["
                + allowed.replace(",", ", ") + "]";
        return error(405, text).with("Allow", allowed);
    }

    static Reply options(String allowed) {
        return Reply.of(200, "text/plain; charset=UTF-8", Buffer.buffer()).with("Allow", allowed);
    }

    static Rejection unsupportedContentType(String contentType) {
        return new Rejection(error(406, "Content-Type header [" + contentType + "] is not supported"));
    }

    private static Reply error(int status, String text) {
        return Reply.of(status, JSON, Json.object(out -> {
            out.writeStringField("error", text);
            out.writeNumberField("status", status);
        }));
    }

    /**
     * 503 and not 500 when the log gave no outcome: clients then ask the next node.
     *
     * @param permission that the route needs
     */
    static Reply failure(Failure failure, String permission) {
        return switch (failure) {
            case Failure.BodyTooLarge(long max) ->
                exception(413, "illegal_argument_exception", "request body is longer than " + max + " bytes");
            case Failure.BodyTooSlow(Duration bound) ->
                exception(408, "timeout_exception", "request body not complete within " + bound.toMillis() + " ms");
            case Failure.ClientGone gone -> exception(BAD_REQUEST, "parse_exception", "request body was cut short");
            case Failure.Unauthenticated unauthenticated ->
                Reply.of(401, "text/plain; charset=UTF-8", Json.text("Unauthorized"))
                        .with("WWW-Authenticate", "Basic realm=\"OpenSearch Security\"");
            case Failure.Forbidden(String caller, String what) ->
                exception(
                        403,
                        "security_exception",
                        "no permissions for [" + permission + "] and User [name=" + caller
                                + ", backend_roles=[], requestedTenant=null]");
            case Failure.TooManyRequests tooMany -> exception(429, "rejected_execution_exception", tooMany.text());
            case Failure.NoOutcome(Failure.Kind kind, String text) -> {
                Reply reply = exception(503, "cluster_block_exception", text);
                yield kind == Failure.Kind.OVERLOADED ? reply.with("Retry-After", "1") : reply;
            }
            case Failure.Defect defect -> exception(500, "exception", "a defect of the server; see its log");
        };
    }
}
