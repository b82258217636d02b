package io.lockgrid.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection of HTTP/1.1 to one server, with one request at a time. It connects when it is first used,
 * and again after it broke. Used on its event loop only.
 *
 * <p>It is made of Netty's codec and nothing above it, since the driver shares the machine with what it measures.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails in Netty is told to the handler.
public final class HttpConnection {
    /** After this long without an answer the connection is given up. */
    private static final long PATIENCE_MILLIS = 30_000;

    private static final int HEAD_BYTES_MAX = 16 * 1024;
    private static final int CHUNK_BYTES_MAX = 64 * 1024;

    private final EventLoop loop;
    private final URI server;
    private final String authority;
    private @Nullable Channel channel;
    private @Nullable CompletableFuture<Response> pending;
    private long sentNanos;

    /** @param server its scheme {@code http}, host and port */
    public HttpConnection(EventLoop loop, URI server) {
        this.loop = loop;
        this.server = server;
        this.authority = server.getAuthority();
        loop.scheduleAtFixedRate(this::giveUpIfTooLate, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Sends a request.
     *
     * @param json the body, or null for none
     * @return the answer, whatever its status; fails with {@link CallFailedException} if there is none
     */
    public CompletableFuture<Response> send(HttpMethod method, String path, @Nullable String json) {
        if (pending != null) {
            throw new IllegalStateException("a connection carries one request at a time");
        }
        var answer = new CompletableFuture<Response>();
        pending = answer;
        sentNanos = System.nanoTime();
        Channel open = channel;
        if (open != null && open.isActive()) {
            write(open, method, path, json);
        } else {
            connect(method, path, json);
        }
        return answer;
    }

    private void connect(HttpMethod method, String path, @Nullable String json) {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        made.pipeline()
                                .addLast(new HttpClientCodec(4096, HEAD_BYTES_MAX, CHUNK_BYTES_MAX))
                                .addLast(new Answers());
                    }
                })
                .connect(server.getHost(), server.getPort())
                .addListener(done -> {
                    if (done.isSuccess()) {
                        write(((ChannelFuture) done).channel(), method, path, json);
                    } else {
                        fail("connection refused");
                    }
                });
    }

    private void write(Channel open, HttpMethod method, String path, @Nullable String json) {
        channel = open;
        ByteBuf body =
                json == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8));
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, body);
        request.headers().set(HttpHeaderNames.HOST, authority);
        if (json != null) {
            request.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        open.writeAndFlush(request, open.voidPromise());
    }

    private void giveUpIfTooLate() {
        if (pending != null && System.nanoTime() - sentNanos > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
            fail("no answer within " + PATIENCE_MILLIS / 1000 + " s");
        }
    }

    private void fail(String kind) {
        Channel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
        CompletableFuture<Response> waiting = pending;
        pending = null;
        if (waiting != null) {
            waiting.completeExceptionally(new CallFailedException(kind));
        }
    }

    /** Puts answers together. */
    private final class Answers extends SimpleChannelInboundHandler<HttpObject> {
        private @Nullable HttpResponse head;
        private long headNanos;
        private final BodyBytes body = new BodyBytes();

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part.decoderResult().isFailure()) {
                fail("answer is not HTTP");
                return;
            }
            if (part instanceof HttpResponse response) {
                head = response;
                headNanos = System.nanoTime();
            }
            if (part instanceof HttpContent content) {
                body.add(content.content());
            }
            if (part instanceof LastHttpContent) {
                complete(context);
            }
        }

        private void complete(ChannelHandlerContext context) {
            HttpResponse response = head;
            CompletableFuture<Response> waiting = pending;
            if (response == null || waiting == null || response.status().code() < 200) {
                return;
            }
            head = null;
            pending = null;
            if (!HttpUtil.isKeepAlive(response)) {
                channel = null;
                context.close();
            }
            waiting.complete(new Response(response.status().code(), response.headers(), body.take(), headNanos));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            // Another connection may have taken its place.
            if (context.channel().equals(channel)) {
                fail("connection closed");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (context.channel().equals(channel)) {
                fail("connection broken");
            } else {
                context.close();
            }
        }
    }
}
