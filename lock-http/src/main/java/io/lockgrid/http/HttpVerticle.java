package io.lockgrid.http;

import io.lockgrid.http.auth.Authenticator;
import io.lockgrid.http.dapr.DaprFamily;
import io.lockgrid.http.dapr.GrpcApi;
import io.lockgrid.http.health.HealthFamily;
import io.lockgrid.http.openapi.OpenApiDocument;
import io.lockgrid.http.openapi.OpenApiFamily;
import io.lockgrid.http.opensearch.OpenSearchFamily;
import io.lockgrid.http.sfp.SfpFamily;
import io.lockgrid.http.v1.V1Family;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Deadlines;
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
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server of one event loop; those of all loops share the port. */
final class HttpVerticle extends VerticleBase {
    private final HttpConfig config;
    private final SocketAddress address;
    private final LockService service;
    private @Nullable HttpServer server;

    /**
     * Makes one that does not listen yet.
     *
     * @param address to listen on, the same for all verticles of an API
     */
    HttpVerticle(HttpConfig config, SocketAddress address, LockService service) {
        this.config = config;
        this.address = address;
        this.service = service;
    }

    @Override
    public Future<?> start() {
        HttpServer starting = vertx.createHttpServer(options());
        server = starting;
        Authenticator authenticator = config.access().authenticator(vertx, service);
        Deadlines bodyDeadlines = new Deadlines(vertx, config.timeouts().body());
        Locks locks = new Locks(
                context, service, new Deadlines(vertx, config.timeouts().answer()));
        TicketIds tickets = new TicketIds();
        DaprFamily dapr = new DaprFamily(
                locks,
                tickets,
                config.leaseMax().toMillis(),
                config.daprStores(),
                config.clusterName(),
                config.version());
        Handler<HttpServerRequest> http =
                new FrontDoor(context, config, bodyDeadlines, authenticator, families(locks, tickets, dapr)).router();
        Handler<HttpServerRequest> grpc = dapr.grpc(vertx, authenticator, bodyDeadlines, config.bodyBytesMax());
        return starting.requestHandler(request -> (GrpcApi.isCall(request) ? grpc : http).handle(request))
                .invalidRequestHandler(HttpVerticle::refuse)
                .listen(address);
    }

    /** No new connection from now on; requests under way are answered, within a bound. */
    @Override
    public Future<?> stop() {
        HttpServer stopping = server;
        return stopping == null
                ? Future.succeededFuture()
                : stopping.shutdown(config.timeouts().drain());
    }

    int port() {
        HttpServer started = server;
        return started == null ? -1 : started.actualPort();
    }

    private List<ApiFamily> families(Locks locks, TicketIds tickets, DaprFamily dapr) {
        long leaseMillisMax = config.leaseMax().toMillis();
        Reply apiDocument = OpenApiDocument.reply(config.version());
        return List.of(
                dapr,
                new SfpFamily(locks, tickets, leaseMillisMax, config.waitersPerLock(), apiDocument),
                new OpenSearchFamily(
                        locks, tickets, leaseMillisMax, config.nodeId(), config.clusterName(), config.version()),
                new OpenApiFamily(apiDocument),
                new HealthFamily(locks),
                new V1Family(locks, config.clusterName(), config.version()));
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(config.timeouts().idle().toMillis()))
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(16 << 10)
                .setMaxHeaderSize(16 << 10)
                .setTcpNoDelay(true);
    }

    /** Answers what is no HTTP request at all, so that no family is known. */
    private static void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Reply reply;
        if (cause instanceof TooLongHttpLineException) {
            reply = Problem.of(414, "URI Too Long", "the request line is longer than 16 KiB");
        } else if (cause instanceof TooLongHttpHeaderException) {
            reply = Problem.of(431, "Request Header Fields Too Large", "the header fields are longer than 16 KiB");
        } else {
            reply = Problem.of(400, "Bad Request", "this is not a request of HTTP/1.1 or HTTP/2");
        }
        request.response()
                .setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .end(reply.body());
        request.connection().close();
    }
}
