package io.lockgrid.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which the head of a request, or a TLS handshake, has begun and does not end in time: a client
 * that sends a byte now and then would keep it for ever otherwise, since each byte ends an idle time (known as
 * slowloris). The first handler of its connection, so it sees bytes; when a head is whole it is told. Lives on one
 * event loop.
 *
 * <p>HTTP/2 is left out once its connection stands: its heads come in frames of bounded number, and its pings are what
 * a client without a request may send as long as it likes.
 */
final class HeadGuard extends ChannelInboundHandlerAdapter {
    private static final long NONE = -1;

    private final long timeoutNanos;
    private boolean isWaiting = true;
    /** When the first byte of what is not whole yet came; {@link #NONE} if there is none. */
    private long begunNanos = NONE;

    private @Nullable Future<?> next;

    HeadGuard(Duration timeout) {
        this.timeoutNanos = timeout.toNanos();
    }

    /** A connection is ready for requests. */
    static void connected(HttpConnection connection) {
        HeadGuard guard = of(connection);
        guard.isWaiting = connection.protocolVersion() != HttpVersion.HTTP_2;
        if (!guard.isWaiting || connection.isSsl()) {
            guard.begunNanos = NONE;
        }
    }

    /** The head of a request is whole. */
    static void requestBegan(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return;
        }
        HeadGuard guard = of(request.connection());
        guard.isWaiting = false;
        guard.begunNanos = NONE;
        request.response().endHandler(ended -> guard.requestEnded(request));
    }

    private void requestEnded(HttpServerRequest request) {
        isWaiting = true;
        if (!request.isEnded()) {
            // The rest of a body that nobody reads has the time of a head.
            request.end().onSuccess(end -> begunNanos = NONE);
        }
    }

    private static HeadGuard of(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().pipeline().get(HeadGuard.class);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        lookAgain(context, timeoutNanos);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (isWaiting && begunNanos == NONE) {
            begunNanos = System.nanoTime();
        }
        context.fireChannelRead(bytes);
    }

    /** One timer for the life of a connection costs less than one for each request. */
    private void lookAgain(ChannelHandlerContext context, long nanos) {
        next = context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        long passed = begunNanos == NONE ? 0 : System.nanoTime() - begunNanos;
        if (passed >= timeoutNanos) {
            var unused = context.close();
        } else {
            lookAgain(context, timeoutNanos - passed);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (next != null) {
            next.cancel(false);
        }
        context.fireChannelInactive();
    }
}
