package io.lockgrid.http;

import io.lockgrid.statemachine.service.LockService;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The HTTP APIs of one node, being served. */
public final class HttpApi {
    private static final AtomicInteger RANDOM_PORTS = new AtomicInteger();

    private final Vertx vertx;
    private final boolean ownsVertx;
    private final String deployment;
    private final int port;
    private @Nullable Future<Void> closed;

    private HttpApi(Vertx vertx, boolean ownsVertx, String deployment, int port) {
        this.vertx = vertx;
        this.ownsVertx = ownsVertx;
        this.deployment = deployment;
        this.port = port;
    }

    /** Starts on a Vert.x of its own, with {@link HttpConfig#eventLoops} event loops. */
    public static Future<HttpApi> start(HttpConfig config, LockService locks) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(config.eventLoops()));
        // Free of any context: one of an event loop that has ended would never complete.
        Promise<HttpApi> started = Promise.promise();
        start(vertx, true, config, locks)
                .onComplete(started::complete, error -> vertx.close().onComplete(closed -> started.fail(error)));
        return started.future();
    }

    /**
     * Starts on a Vert.x that others use too.
     *
     * @return what was started, once it listens; fails with what the operating system says, e.g. that the port is taken
     */
    public static Future<HttpApi> start(Vertx vertx, HttpConfig config, LockService locks) {
        return start(vertx, false, config, locks);
    }

    private static Future<HttpApi> start(Vertx vertx, boolean ownsVertx, HttpConfig config, LockService locks) {
        // A shared random port: any free one, but the same for every event loop.
        SocketAddress address = config.port() == 0
                ? SocketAddress.sharedRandomPort(RANDOM_PORTS.incrementAndGet(), config.host())
                : SocketAddress.inetSocketAddress(config.port(), config.host());
        List<HttpVerticle> verticles = new CopyOnWriteArrayList<>();
        DeploymentOptions options = new DeploymentOptions().setInstances(config.eventLoops());
        return vertx.deployVerticle(
                        () -> {
                            HttpVerticle verticle = new HttpVerticle(config, address, locks);
                            verticles.add(verticle);
                            return verticle;
                        },
                        options)
                .map(id ->
                        new HttpApi(vertx, ownsVertx, id, verticles.getFirst().port()));
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
            Promise<Void> done = Promise.promise();
            vertx.undeploy(deployment).onComplete(undeployed -> {
                if (ownsVertx) {
                    vertx.close().onComplete(done);
                } else {
                    done.handle(undeployed);
                }
            });
            closed = done.future();
        }
        return closed;
    }
}
