package io.lockgrid.http;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;

/** HTTP/2 without a gRPC library, so that a test can send the headers and frames that no library would. */
final class RawGrpc implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    private final int port;

    RawGrpc(int port) {
        this.port = port;
    }

    /** A response; {@code grpcStatus} is -1 if it has none. */
    record Response(int status, int grpcStatus, String grpcMessage, MultiMap headers) {}

    /** A frame: the flag, the length, the message. */
    static Buffer frame(int flag, byte[] message) {
        return Buffer.buffer().appendByte((byte) flag).appendInt(message.length).appendBytes(message);
    }

    Response call(String path, Buffer body, String... headers) throws Exception {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .putHeader("te", "trailers");
        for (String header : headers) {
            int colon = header.indexOf(':');
            options.putHeader(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return client.request(options)
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(bytes -> response(response)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static Response response(HttpClientResponse response) {
        MultiMap all =
                MultiMap.caseInsensitiveMultiMap().addAll(response.headers()).addAll(response.trailers());
        return new Response(
                response.statusCode(),
                all.contains("grpc-status") ? Integer.parseInt(all.get("grpc-status")) : -1,
                String.valueOf(all.get("grpc-message")).replace("%20", " "),
                all);
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
