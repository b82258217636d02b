package io.lockgrid.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** A connection of gRPC: HTTP/2 without TLS, a call at a time, each with one message there and one back. */
public final class GrpcConnection extends Connection {
    /** Before each message: a byte that says that it is not compressed, and four with its length. */
    private static final int PREFIX_BYTES = 5;

    /** @param server its scheme {@code http}, host and port */
    public GrpcConnection(EventLoop loop, URI server) {
        super(loop, server);
    }

    @Override
    void prepare(ChannelPipeline pipeline) {
        pipeline.addLast(Http2FrameCodecBuilder.forClient().build(), new Frames());
    }

    /**
     * Calls a method.
     *
     * @param method as it stands in the path, for example {@code package.Service/Method}
     * @return its message; fails with {@link CallFailedException} if there is none
     */
    CompletableFuture<Response> call(String method, byte[] message) {
        return send(channel -> write(channel, method, message)).thenApply(answer -> {
            String status = answer.headers().get("grpc-status", "none");
            Answers.check("gRPC status " + status, status.equals("0"));
            return answer;
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is told to the handler.
    private void write(Channel channel, String method, byte[] message) {
        Http2FrameStream stream = channel.pipeline().get(Frames.class).newStream();
        Http2Headers head = new DefaultHttp2Headers()
                .method("POST")
                .scheme("http")
                .authority(authority())
                .path("/" + method)
                .set("content-type", "application/grpc")
                .set("te", "trailers");
        ByteBuf body = channel.alloc().buffer(PREFIX_BYTES + message.length);
        body.writeByte(0).writeInt(message.length).writeBytes(message);
        channel.write(new DefaultHttp2HeadersFrame(head).stream(stream));
        channel.writeAndFlush(new DefaultHttp2DataFrame(body, true).stream(stream));
    }

    /** Puts the frames of answers together. */
    private final class Frames extends Http2ChannelDuplexHandler {
        private HttpHeaders headers = new DefaultHttpHeaders();
        private int status;
        private long headNanos;
        private final BodyBytes body = new BodyBytes();

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            try {
                read(context, frame);
            } finally {
                ReferenceCountUtil.release(frame);
            }
        }

        private void read(ChannelHandlerContext context, Object frame) {
            switch (frame) {
                case Http2HeadersFrame head -> {
                    add(head.headers());
                    if (head.isEndStream()) {
                        whole();
                    }
                }
                case Http2DataFrame data -> {
                    giveBack(context, data);
                    body.add(data.content());
                    if (data.isEndStream()) {
                        whole();
                    }
                }
                case Http2ResetFrame reset -> fail("stream reset");
                default -> {
                    // Settings and pings are the codec's to answer.
                }
            }
        }

        private void add(Http2Headers more) {
            if (more.status() != null) {
                status = Integer.parseInt(more.status().toString());
                headNanos = System.nanoTime();
            }
            more.forEach(header -> {
                if (header.getKey().charAt(0) != ':') {
                    headers.add(header.getKey(), header.getValue());
                }
            });
        }

        /** Lets the server send as much again. */
        @SuppressWarnings("FutureReturnValueIgnored")
        private void giveBack(ChannelHandlerContext context, Http2DataFrame data) {
            context.write(new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes()).stream(data.stream()));
        }

        private void whole() {
            byte[] framed = body.take();
            byte[] message =
                    framed.length < PREFIX_BYTES ? framed : Arrays.copyOfRange(framed, PREFIX_BYTES, framed.length);
            HttpHeaders all = headers;
            headers = new DefaultHttpHeaders();
            complete(new Response(status, all, message, headNanos));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost(context, "connection closed");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            lost(context, "connection broken");
        }
    }
}
