package io.lockgrid.http;

import io.lockgrid.http.auth.Authenticator;
import io.lockgrid.http.dapr.DaprFamily;
import io.lockgrid.http.dapr.DaprSettings;
import io.lockgrid.http.dapr.GrpcApi;
import io.lockgrid.http.health.HealthFamily;
import io.lockgrid.http.openapi.OpenApiDocument;
import io.lockgrid.http.openapi.OpenApiFamily;
import io.lockgrid.http.opensearch.OpenSearchFamily;
import io.lockgrid.http.sfp.SfpFamily;
import io.lockgrid.http.tls.TlsKeys;
import io.lockgrid.http.v1.V1Family;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Deadlines;
import io.lockgrid.http.wire.InFlight;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Problem;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.service.LockService;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server of one event loop; those of all loops share the port. */
final class HttpVerticle extends VerticleBase {
    private static final int RESETS_MAX = 200;
    private static final int RESETS_SECONDS = 30;
    private static final int CONTINUATIONS_MAX = 16;

    private final HttpConfig config;
    private final SocketAddress address;
    private final LockService service;
    private final @Nullable TlsKeys keys;
    private final InFlight inFlight;
    private @Nullable HttpServer server;

    /**
     * Makes one that does not listen yet.
     *
     * @param address to listen on, the same for all verticles of an API
     * @param keys what the port shows over TLS, or null for plain text
     * @param inFlight requests of all verticles of an API
     */
    HttpVerticle(
            HttpConfig config, SocketAddress address, LockService service, @Nullable TlsKeys keys, InFlight inFlight) {
        this.config = config;
        this.address = address;
        this.service = service;
        this.keys = keys;
        this.inFlight = inFlight;
    }

    @Override
    public Future<?> start() {
        HttpServer starting =
                vertx.createHttpServer(new HttpServerConfig(options()), keys == null ? null : keys.serverOptions());
        server = starting;
        Authenticator authenticator = config.access().authenticator(vertx, service);
        Deadlines bodyDeadlines = new Deadlines(vertx, config.timeouts().body());
        Locks locks = new Locks(
                context, service, new Deadlines(vertx, config.timeouts().answer()), inFlight);
        TicketIds tickets = new TicketIds();
        DaprFamily dapr = new DaprFamily(vertx, locks, tickets, daprSettings());
        FrontDoor door =
                new FrontDoor(context, config, bodyDeadlines, authenticator, inFlight, families(locks, tickets, dapr));
        Handler<HttpServerRequest> http = door.router();
        Handler<HttpServerRequest> grpc =
                dapr.grpc(vertx, authenticator, bodyDeadlines, inFlight, config.bodyBytesMax());
        return starting.connectionHandler(HeadGuard::connected)
                .requestHandler(request -> serve(GrpcApi.isCall(request) ? grpc : http, request))
                .invalidRequestHandler(this::refuse)
                .listen(address);
    }

    private void serve(Handler<HttpServerRequest> handler, HttpServerRequest request) {
        HeadGuard.requestBegan(request);
        // In HTTP/1.1 the decoder has looked; in HTTP/2 the path is a header field among others.
        if (request.uri() != null && request.uri().length() > config.limits().urlBytes()) {
            reply(request, urlTooLong());
        } else {
            handler.handle(request);
        }
    }

    /** No new connection from now on; requests under way are answered, within a bound. */
    @Override
    public Future<?> stop() {
        HttpServer stopping = server;
        return stopping == null
                ? Future.succeededFuture()
                : stopping.shutdown(config.timeouts().drain());
    }

    /** From now on new connections, of all verticles that share the port, use these. */
    Future<?> use(TlsKeys changed) {
        HttpServer started = server;
        return started == null ? Future.succeededFuture() : started.updateSSLOptions(changed.serverOptions());
    }

    int port() {
        HttpServer started = server;
        return started == null ? -1 : started.actualPort();
    }

    private DaprSettings daprSettings() {
        return new DaprSettings(
                config.daprStores(),
                config.leaseMax().toMillis(),
                config.nodeId(),
                config.clusterName(),
                config.version());
    }

    private List<ApiFamily> families(Locks locks, TicketIds tickets, DaprFamily dapr) {
        long leaseMillisMax = config.leaseMax().toMillis();
        Reply apiDocument = OpenApiDocument.reply(config.version());
        return List.of(
                dapr,
                new SfpFamily(locks, tickets, leaseMillisMax, config.waitersPerLock(), apiDocument),
                new OpenSearchFamily(
                        locks,
                        tickets,
                        leaseMillisMax,
                        config.nodeId(),
                        config.clusterName(),
                        config.version(),
                        config.httpNodes()),
                new OpenApiFamily(apiDocument),
                new HealthFamily(locks),
                new V1Family(locks, config.clusterName(), config.version()));
    }

    private HttpServerOptions options() {
        HttpLimits limits = config.limits();
        return new HttpServerOptions()
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(config.timeouts().idle().toMillis()))
                .setHandle100ContinueAutomatically(true)
                // Nobody speaks WebSocket here; else each message passes a handler for it.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxInitialLineLength(limits.urlBytes())
                .setMaxHeaderSize(limits.headerBytes())
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(limits.streams())
                        // The path is one of them; pushes were never asked for.
                        .setMaxHeaderListSize(limits.headerBytes() + limits.urlBytes())
                        .setPushEnabled(false))
                // The defaults of Vert.x 5.1, said here because they are promised: a connection that takes back more
                // requests than this (CVE-2023-44487) or splits a head into more small frames (CVE-2024-27316) ends.
                .setHttp2RstFloodMaxRstFramePerWindow(RESETS_MAX)
                .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setHttp2MaxSmallContinuationFrames(CONTINUATIONS_MAX)
                .setTcpNoDelay(true);
    }

    /** Answers what is no HTTP request at all, so that no family is known. */
    private void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            reply(request, urlTooLong());
        } else if (cause instanceof TooLongHttpHeaderException) {
            String text =
                    "the header fields are longer than " + bytes(config.limits().headerBytes());
            reply(request, Problem.of(431, "Request Header Fields Too Large", text));
        } else {
            reply(request, Problem.of(400, "Bad Request", "this is not a request of HTTP/1.1 or HTTP/2"));
        }
        request.connection().close();
    }

    private Reply urlTooLong() {
        return Problem.of(
                414,
                "URI Too Long",
                "the request line is longer than " + bytes(config.limits().urlBytes()));
    }

    private static String bytes(int count) {
        return count % 1024 == 0 ? count / 1024 + " KiB" : count + " bytes";
    }

    private static void reply(HttpServerRequest request, Reply reply) {
        request.response()
                .setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .end(reply.body());
    }
}
