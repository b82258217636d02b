package io.lockgrid.http.wire;

import java.time.Duration;

/** Replies in the form of RFC 9457, for every path that no published API claims. */
public final class Problem {
    private static final String CONTENT_TYPE = "application/problem+json";

    private Problem() {}

    /**
     * A problem without a type of its own, so its title is that of the status (RFC 9457, section 4.2.1).
     *
     * @param title the status in words
     * @param detail what is wrong with this request
     */
    public static Reply of(int status, String title, String detail) {
        return Reply.of(status, CONTENT_TYPE, Json.object(out -> {
            out.writeStringField("type", "about:blank");
            out.writeStringField("title", title);
            out.writeNumberField("status", status);
            out.writeStringField("detail", detail);
        }));
    }

    public static Reply noSuchRoute(Call call) {
        return of(404, "Not Found", "nothing is served at " + call.path());
    }

    /** The path is served, but not for this method; {@code allowed} is the value of the header {@code Allow}. */
    public static Reply wrongMethod(Call call, String allowed) {
        return of(405, "Method Not Allowed", call.path() + " is served for " + allowed + " only")
                .with("Allow", allowed);
    }

    /** A failure in this form. */
    public static Reply of(Failure failure) {
        return switch (failure) {
            case Failure.BodyTooLarge(long max) ->
                of(413, "Content Too Large", "the request body is longer than " + max + " bytes");
            case Failure.BodyTooSlow(Duration bound) ->
                of(408, "Request Timeout", "the request body did not end within " + bound.toMillis() + " ms");
            case Failure.ClientGone gone -> of(400, "Bad Request", "the request body was cut short");
            case Failure.Unauthenticated(String why) ->
                of(401, "Unauthorized", why.isEmpty() ? "this needs Authorization: Bearer with an access token" : why)
                        .with("WWW-Authenticate", "Bearer realm=\"lockgrid\"");
            case Failure.Forbidden(String caller, String what) -> of(403, "Forbidden", caller + " may not use " + what);
            case Failure.TooManyRequests tooMany -> of(429, "Too Many Requests", tooMany.text());
            case Failure.NoOutcome(Failure.Kind kind, String text) -> {
                Reply reply = of(503, "Service Unavailable", text);
                yield kind == Failure.Kind.OVERLOADED ? reply.with("Retry-After", "1") : reply;
            }
            case Failure.Defect defect -> of(500, "Internal Server Error", "a defect of the server; see its log");
        };
    }
}
