package io.lockgrid.http;

import io.lockgrid.http.tls.TlsFileException;
import io.lockgrid.http.tls.TlsKeys;
import io.lockgrid.http.tls.TlsWatch;
import io.lockgrid.http.wire.InFlight;
import io.lockgrid.statemachine.service.LockService;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP APIs of one node, being served. */
public final class HttpApi {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
    private static final AtomicInteger RANDOM_PORTS = new AtomicInteger();

    private final Vertx vertx;
    private final String deployment;
    private final int port;
    private final @Nullable TlsWatch watch;
    private @Nullable Future<Void> closed;

    private HttpApi(Vertx vertx, String deployment, int port, @Nullable TlsWatch watch) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
        this.watch = watch;
    }

    /**
     * Starts, with {@link HttpConfig#eventLoops} event loops. Reads the files of the certificate, if there are any,
     * before it returns, and looks for new ones from then on.
     *
     * @return what was started, once it listens; fails with what the operating system says, e.g. that the port is
     *     taken, or with a {@link io.lockgrid.http.tls.TlsFileException}
     */
    public static Future<HttpApi> start(HttpConfig config, LockService locks) {
        TlsKeys keys;
        try {
            keys = config.tls() == null ? null : TlsKeys.load(config.tls());
        } catch (TlsFileException e) {
            return Future.failedFuture(e);
        }
        ConnectionGate gate = new ConnectionGate(
                config.limits().connections(), config.timeouts().head());
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(config.eventLoops())
                        // Else it makes a folder for files of the class path, which a read-only system refuses.
                        .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false)))
                .withTransport(gate.transport())
                .build();
        // Free of any context: one of an event loop that has ended would never complete.
        Promise<HttpApi> started = Promise.promise();
        start(vertx, config, locks, keys)
                .onComplete(started::complete, error -> vertx.close().onComplete(closed -> started.fail(error)));
        return started.future();
    }

    private static Future<HttpApi> start(Vertx vertx, HttpConfig config, LockService locks, @Nullable TlsKeys keys) {
        // A shared random port: any free one, but the same for every event loop.
        SocketAddress address = config.port() == 0
                ? SocketAddress.sharedRandomPort(RANDOM_PORTS.incrementAndGet(), config.host())
                : SocketAddress.inetSocketAddress(config.port(), config.host());
        List<HttpVerticle> verticles = new CopyOnWriteArrayList<>();
        InFlight inFlight = new InFlight(config.limits().requestsInFlight());
        DeploymentOptions options = new DeploymentOptions().setInstances(config.eventLoops());
        return vertx.deployVerticle(
                        () -> {
                            HttpVerticle verticle = new HttpVerticle(config, address, locks, keys, inFlight);
                            verticles.add(verticle);
                            return verticle;
                        },
                        options)
                .map(id -> {
                    HttpVerticle first = verticles.getFirst();
                    return new HttpApi(vertx, id, first.port(), keys == null ? null : watch(keys, first));
                });
    }

    private static TlsWatch watch(TlsKeys keys, HttpVerticle server) {
        TlsWatch watch = new TlsWatch(
                keys,
                changed -> server.use(changed)
                        .onFailure(error -> LOG.error("the new certificate of the HTTP port is not used", error)));
        watch.start(TlsWatch.PERIOD);
        return watch;
    }

    /** The port that is listened on. */
    public int port() {
        return port;
    }

    /**
     * Takes no new connection and no new request from now on, answers those under way ({@link HttpTimeouts#drain} at
     * most), then closes every connection. May be called again.
     */
    public synchronized Future<Void> close() {
        if (closed == null) {
            if (watch != null) {
                watch.close();
            }
            Promise<Void> done = Promise.promise();
            vertx.undeploy(deployment).onComplete(undeployed -> vertx.close().onComplete(done));
            closed = done.future();
        }
        return closed;
    }
}
