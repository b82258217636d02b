package io.lockgrid.bench.wire;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What a server answered. */
public final class Response {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final long headNanos;

    /** @param headNanos when its head was there, by {@link System#nanoTime} */
    Response(int status, HttpHeaders headers, byte[] body, long headNanos) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.headNanos = headNanos;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The headers. */
    public HttpHeaders headers() {
        return headers;
    }

    /** The bytes of the body, not to be changed. */
    public byte[] body() {
        return body;
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** When its head was there, by {@link System#nanoTime}. */
    public long headNanos() {
        return headNanos;
    }
}
