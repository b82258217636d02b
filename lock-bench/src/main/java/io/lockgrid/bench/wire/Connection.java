package io.lockgrid.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server, which is kept, with one request at a time. It connects when it is first used, and again
 * after it broke. Used on its event loop only.
 *
 * <p>It is made of Netty's codecs and nothing above them, since the driver shares the machine with what it measures.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails in Netty is told to the handler.
abstract class Connection {
    /** After this long without an answer the connection is given up. */
    private static final long PATIENCE_SECONDS = 30;

    private final EventLoop loop;
    private final URI server;
    private @Nullable Channel channel;
    private @Nullable CompletableFuture<Response> pending;
    private long sentNanos;

    /** @param server its scheme {@code http}, host and port */
    Connection(EventLoop loop, URI server) {
        this.loop = loop;
        this.server = server;
        loop.scheduleAtFixedRate(this::giveUpIfTooLate, 1, 1, TimeUnit.SECONDS);
    }

    /** Adds the codec and what puts answers together. */
    abstract void prepare(ChannelPipeline pipeline);

    String authority() {
        return server.getAuthority();
    }

    /** Lets a request be written. */
    CompletableFuture<Response> send(Consumer<Channel> request) {
        if (pending != null) {
            throw new IllegalStateException("a connection carries one request at a time");
        }
        var answer = new CompletableFuture<Response>();
        pending = answer;
        sentNanos = System.nanoTime();
        Channel open = channel;
        if (open != null && open.isActive()) {
            request.accept(open);
        } else {
            connect(request);
        }
        return answer;
    }

    private void connect(Consumer<Channel> request) {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        prepare(made.pipeline());
                    }
                })
                .connect(server.getHost(), server.getPort())
                .addListener(done -> {
                    if (done.isSuccess()) {
                        Channel made = ((ChannelFuture) done).channel();
                        channel = made;
                        request.accept(made);
                    } else {
                        fail("connection refused");
                    }
                });
    }

    private void giveUpIfTooLate() {
        if (pending != null && System.nanoTime() - sentNanos > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            fail("no answer within " + PATIENCE_SECONDS + " s");
        }
    }

    void complete(Response answer) {
        CompletableFuture<Response> waiting = pending;
        pending = null;
        if (waiting != null) {
            waiting.complete(answer);
        }
    }

    void fail(String kind) {
        close();
        CompletableFuture<Response> waiting = pending;
        pending = null;
        if (waiting != null) {
            waiting.completeExceptionally(new CallFailedException(kind));
        }
    }

    /** The next request gets a connection of its own. */
    void close() {
        Channel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    /** Fails if that was the connection's channel: another may have taken its place. */
    void lost(ChannelHandlerContext context, String kind) {
        if (context.channel().equals(channel)) {
            fail(kind);
        } else {
            context.close();
        }
    }
}
