package io.lockgrid.http.dapr;

import io.dapr.v1.DaprProtos.UnlockResponse;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Reply;
import io.vertx.core.buffer.Buffer;

/**
 * The bodies of the Dapr runtime, byte for byte: no white space, no line feed at the end, errors of exactly two members
 * (dapr/dapr, pkg/messages/api_error.go).
 */
final class DaprReplies {
    private static final String JSON = "application/json";
    private static final String HEX = "0123456789abcdef";

    static final Reply LOCKED = ok("{\"success\":true}");
    static final Reply HELD = ok("{\"success\":false}");

    private static final Reply[] UNLOCK_STATUS = {ok("{\"status\":0}"), ok("{\"status\":1}"), ok("{\"status\":2}")};

    /** What the runtime's service invocation says to whatever was not routed. */
    static final Reply NOT_ROUTED =
            error(404, "ERR_DIRECT_INVOKE", "failed getting app id either from the URL path or the header dapr-app-id");

    static final Reply OTHER_APP = error(500, "ERR_HEALTH_APPID_NOT_MATCH", "dapr app-id does not match");

    /** Not JSON in the runtime either (dapr/dapr, pkg/api/http/middlewares.go, by Go's http.Error). */
    static final Reply UNAUTHENTICATED = Reply.of(401, "text/plain; charset=utf-8", Json.text("invalid api token\n"))
            .with("X-Content-Type-Options", "nosniff");

    static final Reply NO_CONTENT = Reply.of(204, "", Buffer.buffer());

    private DaprReplies() {}

    static Reply unlocked(UnlockResponse.Status status) {
        return UNLOCK_STATUS[status.getNumber()];
    }

    static Reply error(DaprError error) {
        return error(error.httpStatus(), error.code(), error.message());
    }

    static Reply error(int status, String code, String message) {
        StringBuilder body = new StringBuilder(64 + message.length());
        body.append("{\"errorCode\":\"").append(code).append("\",\"message\":\"");
        escape(message, body);
        return Reply.of(status, JSON, Json.text(body.append("\"}").toString()));
    }

    static Reply ok(String body) {
        return Reply.of(200, JSON, Json.text(body));
    }

    static Reply ok(Buffer body) {
        return Reply.of(200, JSON, body);
    }

    /** As Go's encoding/json escapes by default, so that the text is safe within HTML too. */
    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> appendCode(c, out);
                default -> {
                    if (c < 0x20) {
                        appendCode(c, out);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }

    private static void appendCode(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 15));
        }
    }
}
