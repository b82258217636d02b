package io.lockgrid.http.wire;

import io.lockgrid.http.auth.Caller;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request as the handlers of a family see it: as it was sent, nothing decoded or tidied, since the published APIs
 * differ in that. Lives on one event loop.
 */
public final class Call {
    private final HttpServerRequest request;
    private final long bodyBytesMax;
    private final Deadlines bodyDeadlines;
    private final int waitSecondsMax;
    private @Nullable Caller caller;

    /**
     * Takes a request whose head is whole.
     *
     * @param bodyBytesMax longest body that {@link #body} returns
     * @param waitSecondsMax longest wait that {@link #waitSeconds} returns
     */
    public Call(HttpServerRequest request, long bodyBytesMax, Deadlines bodyDeadlines, int waitSecondsMax) {
        this.request = request;
        this.bodyBytesMax = bodyBytesMax;
        this.bodyDeadlines = bodyDeadlines;
        this.waitSecondsMax = waitSecondsMax;
    }

    /** Says who sent the request. */
    public void admit(Caller known) {
        caller = known;
    }

    /** Who sent the request; not for one that is answered whoever sent it. */
    public Caller caller() {
        return Objects.requireNonNull(caller, "a request that needs no caller asked for one");
    }

    /** The name or address that the client called, without the port; null if it did not say. */
    public @Nullable String host() {
        HostAndPort authority = request.authority();
        return authority == null ? null : authority.host();
    }

    /** What the header {@code Authorization} holds of this scheme, or null: the rest of the line after its name. */
    public @Nullable String authorization(String scheme) {
        String value = request.getHeader("Authorization");
        if (value == null || !value.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1)) {
            return null;
        }
        return value.substring(scheme.length() + 1).strip();
    }

    /** The method, in upper case as sent. */
    public String method() {
        return request.method().name();
    }

    /** The path with its escapes, without the query. */
    public String path() {
        String path = request.path();
        return path == null ? "" : path;
    }

    /** The query with its escapes, without the question mark; empty if there is none. */
    public String query() {
        String query = request.query();
        return query == null ? "" : query;
    }

    /** Path and query as sent. */
    public String uri() {
        return request.uri();
    }

    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    /** How long the client would rather wait than hear that nothing has happened yet, in seconds; 0 if not at all. */
    public int waitSeconds() {
        return Math.min(Prefer.waitSeconds(request.headers().getAll("Prefer")), waitSecondsMax);
    }

    /** Runs {@code then} when the client has gone before it was answered; once, and later ones take its place. */
    public void onGone(Runnable then) {
        if (request.response().closed()) {
            then.run();
        } else {
            request.response().closeHandler(closed -> then.run());
        }
    }

    /** The media type of the body in lower case, without parameters; empty if none is named. */
    public String contentType() {
        String value = request.getHeader("Content-Type");
        if (value == null) {
            return "";
        }
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the head announces a body that is not empty. */
    public boolean hasBody() {
        String length = request.getHeader("Content-Length");
        return length == null
                ? request.getHeader("Transfer-Encoding") != null
                : !length.strip().equals("0");
    }

    /**
     * The whole body. To be asked for once, before anything is waited for. Fails with a {@link Failure.Carrier} if it
     * is too long, too slow or cut short; what comes of it afterwards is read and dropped, so that a client that is
     * still sending can read the reply.
     */
    public Future<Buffer> body() {
        Promise<Buffer> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        Deadlines.Deadline deadline = bodyDeadlines.set(() -> {
            promise.tryFail(new Failure.Carrier(new Failure.BodyTooSlow(bodyDeadlines.length())));
            // Its end may never come; the reply is on its way already.
            request.connection().close();
        });
        request.handler(part -> {
            if (promise.future().isComplete()) {
                return;
            }
            if (body.length() + (long) part.length() > bodyBytesMax) {
                promise.tryFail(new Failure.Carrier(new Failure.BodyTooLarge(bodyBytesMax)));
            } else {
                body.appendBuffer(part);
            }
        });
        request.exceptionHandler(error -> {
            deadline.met();
            promise.tryFail(new Failure.Carrier(new Failure.ClientGone()));
        });
        request.endHandler(end -> {
            deadline.met();
            promise.tryComplete(body);
        });
        return promise.future();
    }
}
