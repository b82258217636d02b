package io.lockgrid.http;

import io.lockgrid.http.auth.Authenticator;
import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.auth.LocalOnly;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Deadlines;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.InFlight;
import io.lockgrid.http.wire.Problem;
import io.lockgrid.http.wire.Rejection;
import io.lockgrid.http.wire.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads each request to the family whose prefix its path bears, and writes the family's reply. One for each event loop.
 *
 * <p>Families take the path apart themselves: each of the published servers decodes, and tidies, in a way of its own.
 * Left to the patterns of a router, {@code DELETE …/{resource}/.} would be tidied to {@code DELETE …/{resource}} and
 * clear it.
 */
final class FrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final CharSequence INDEX = HttpHeaders.createOptimized("LockGrid-Index");
    private static final CharSequence CLUSTER_TIME = HttpHeaders.createOptimized("LockGrid-Cluster-Time");
    private static final CharSequence RATE_LIMIT_POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence RATE_LIMIT = HttpHeaders.createOptimized("RateLimit");
    private static final CharSequence TOKEN = HttpHeaders.createOptimized("LockGrid-Fencing-Token");

    private final Context context;
    private final HttpConfig config;
    private final Deadlines bodyDeadlines;
    private final Authenticator authenticator;
    private final LocalOnly localOnly;
    private final InFlight inFlight;
    private final Map<String, ApiFamily> byFirstSegment = new HashMap<>();

    FrontDoor(
            Context context,
            HttpConfig config,
            Deadlines bodyDeadlines,
            Authenticator authenticator,
            InFlight inFlight,
            List<ApiFamily> families) {
        this.context = context;
        this.config = config;
        this.bodyDeadlines = bodyDeadlines;
        this.authenticator = authenticator;
        this.localOnly = new LocalOnly(config.host());
        this.inFlight = inFlight;
        for (ApiFamily family : families) {
            family.firstSegments().forEach(segment -> byFirstSegment.put(segment, family));
        }
    }

    Router router() {
        Router router = Router.router(context.owner());
        router.route().handler(this::serve);
        for (int status : new int[] {400, 404, 500}) {
            router.errorHandler(status, routing -> {
                // The others come of paths that are none, which anybody may send as often as they like.
                if (status == 500) {
                    LOG.error("the router gave up on {}", routing.request().uri(), routing.failure());
                }
                write(routing.request(), Problem.noSuchRoute(call(routing)));
            });
        }
        return router;
    }

    private void serve(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Call call = call(routing);
        ApiFamily family = family(routing, call.path());
        if (family == null) {
            write(request, Problem.noSuchRoute(call));
            return;
        }
        reply(family, call, request)
                .onComplete(
                        done -> finish(family, call, request, done),
                        error -> finish(family, call, request, failed(family, call, request, error)));
    }

    private Future<Reply> reply(ApiFamily family, Call call, HttpServerRequest request) {
        try {
            if (family.isPublic(call)) {
                return family.handle(call);
            }
            if (!inFlight.begin()) {
                return Future.succeededFuture(family.failure(call, inFlight.full()));
            }
            return admitCounted(family, call, request).onComplete(replied -> inFlight.end());
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Reply> admitCounted(ApiFamily family, Call call, HttpServerRequest request) {
        try {
            return admit(family, call, request);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Reply> admit(ApiFamily family, Call call, HttpServerRequest request) {
        if (config.access().isOpen()) {
            localOnly.check(call);
        }
        Future<Caller> caller = authenticator.authenticate(family.credential(call));
        if (caller.isComplete()) {
            return caller.compose(known -> handle(family, call, known, request));
        }
        // The body waits until the family has said that it wants it.
        request.pause();
        return caller.transform(found -> {
            try {
                return found.succeeded()
                        ? handle(family, call, found.result(), request)
                        : Future.failedFuture(found.cause());
            } finally {
                request.resume();
            }
        });
    }

    private Future<Reply> handle(ApiFamily family, Call call, Caller caller, HttpServerRequest request) {
        call.admit(caller);
        showRate(caller.name(), request);
        return family.handle(call);
    }

    /** How often a caller may call, and how much of that is left; said with whatever they are answered. */
    private void showRate(String caller, HttpServerRequest request) {
        config.access()
                .limiter()
                .ifPresent(limiter -> request.response()
                        .putHeader(RATE_LIMIT_POLICY, limiter.policy())
                        .putHeader(RATE_LIMIT, limiter.state(caller)));
    }

    /** Whatever happens here, the client does not wait for nothing. */
    private void finish(ApiFamily family, Call call, HttpServerRequest request, Reply reply) {
        try {
            write(request, family.finish(call, reply));
        } catch (RuntimeException e) {
            LOG.error("{} {} could not be answered", call.method(), call.path(), e);
            request.response().reset();
        }
    }

    private Call call(RoutingContext routing) {
        return new Call(
                routing.request(),
                config.bodyBytesMax(),
                bodyDeadlines,
                config.timeouts().waitSecondsMax());
    }

    private @Nullable ApiFamily family(RoutingContext routing, String path) {
        String first = firstSegment(path);
        boolean isUntidy = first.equals(".") || first.equals("..") || (first.isEmpty() && !path.equals("/"));
        if (!isUntidy) {
            return byFirstSegment.get(first);
        }
        // A path like //v1.0/healthz bears no prefix until it is tidied, which the Dapr runtime does before it routes.
        try {
            return byFirstSegment.get(firstSegment(routing.normalizedPath()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String firstSegment(String path) {
        int end = path.indexOf('/', 1);
        return path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
    }

    private Reply failed(ApiFamily family, Call call, HttpServerRequest request, Throwable error) {
        if (error instanceof Rejection rejection) {
            return rejection.reply();
        }
        Failure failure = Failure.of(error);
        if (failure instanceof Failure.Defect) {
            LOG.error("{} {} failed", call.method(), call.path(), error);
        }
        Reply reply = family.failure(call, failure);
        if (failure instanceof Failure.TooManyRequests tooMany) {
            showRate(tooMany.caller(), request);
            return reply.with("Retry-After", Long.toString(tooMany.retrySeconds()));
        }
        return reply;
    }

    private void write(HttpServerRequest request, Reply reply) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        if (!reply.contentType().isEmpty()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType());
        }
        if (reply.index() != Reply.NO_INDEX) {
            response.putHeader(INDEX, Long.toString(reply.index()));
            response.putHeader(CLUSTER_TIME, Long.toString(reply.clusterTimeMillis()));
        }
        if (reply.token() != 0) {
            response.putHeader(TOKEN, Long.toString(reply.token()));
        }
        reply.headers().forEach(response::putHeader);
        boolean isHead = request.method().equals(HttpMethod.HEAD);
        Iterator<Buffer> more = reply.more();
        if (more != null && !isHead) {
            response.setChunked(true);
            writeParts(request, more);
        } else if (isHead) {
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, Integer.toString(reply.body().length()));
            response.end();
        } else {
            response.end(reply.body());
        }
    }

    /**
     * Makes each part off the event loop, and only once the one before has left for the client: a slow reader costs the
     * memory of one part, one that stalls is hung up on after {@link HttpTimeouts#idle}, one that is gone costs
     * nothing.
     */
    private void writeParts(HttpServerRequest request, Iterator<Buffer> parts) {
        HttpServerResponse response = request.response();
        if (!parts.hasNext()) {
            response.end();
            return;
        }
        context.executeBlocking(parts::next, false)
                .compose(response::write)
                .onComplete(written -> writeParts(request, parts), error -> {
                    if (!response.closed()) {
                        LOG.error("{} {} broke off", request.method(), request.path(), error);
                    }
                    response.reset();
                });
    }
}
