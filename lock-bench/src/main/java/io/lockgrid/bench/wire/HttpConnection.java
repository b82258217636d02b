package io.lockgrid.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
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
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/1.1. */
public final class HttpConnection extends Connection {
    private static final int LINE_BYTES_MAX = 4 * 1024;
    private static final int HEAD_BYTES_MAX = 16 * 1024;
    private static final int CHUNK_BYTES_MAX = 64 * 1024;

    /** @param server its scheme {@code http}, host and port */
    public HttpConnection(EventLoop loop, URI server) {
        super(loop, server);
    }

    @Override
    void prepare(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpClientCodec(LINE_BYTES_MAX, HEAD_BYTES_MAX, CHUNK_BYTES_MAX), new Parts());
    }

    /**
     * Sends a request.
     *
     * @param json the body, or null for none
     * @return the answer, whatever its status; fails with {@link CallFailedException} if there is none
     */
    public CompletableFuture<Response> send(HttpMethod method, String path, @Nullable String json) {
        return send(channel -> write(channel, method, path, json, 0));
    }

    /** Sends a request without a body that may be answered later, when there is something to say (RFC 7240). */
    public CompletableFuture<Response> sendAndWait(HttpMethod method, String path, int seconds) {
        return send(channel -> write(channel, method, path, null, seconds));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is told to the handler.
    private void write(Channel channel, HttpMethod method, String path, @Nullable String json, int waitSeconds) {
        ByteBuf body =
                json == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8));
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, body);
        request.headers().set(HttpHeaderNames.HOST, authority());
        if (json != null) {
            request.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        if (waitSeconds > 0) {
            request.headers().set("Prefer", "wait=" + waitSeconds);
        }
        channel.writeAndFlush(request, channel.voidPromise());
    }

    /** Puts the parts of answers together. */
    private final class Parts extends SimpleChannelInboundHandler<HttpObject> {
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
                whole();
            }
        }

        private void whole() {
            HttpResponse response = head;
            head = null;
            if (response == null || response.status().code() < 200) {
                return;
            }
            if (!HttpUtil.isKeepAlive(response)) {
                close();
            }
            complete(new Response(response.status().code(), response.headers(), body.take(), headNanos));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost(context, "connection closed");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            lost(context, "connection broken: " + cause);
        }
    }
}
