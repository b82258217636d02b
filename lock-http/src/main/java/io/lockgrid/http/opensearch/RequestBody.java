package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** The body of a request as it was before its client compressed it. */
final class RequestBody {
    /** Longest body, once it is no longer compressed: no request of this API comes near it. */
    private static final int BYTES_MAX = 1 << 20;

    private RequestBody() {}

    static Future<Buffer> of(Call call) {
        String coding = call.header("Content-Encoding");
        return coding != null && coding.strip().equalsIgnoreCase("gzip")
                ? call.body().map(RequestBody::decompressed)
                : call.body();
    }

    private static Buffer decompressed(Buffer body) {
        Buffer plain;
        try {
            plain = Gzip.decompress(body, BYTES_MAX);
        } catch (IOException e) {
            throw OpenSearchReplies.rejection(400, "parse_exception", "the request body is not gzip");
        }
        if (plain == null) {
            throw new Failure.Carrier(new Failure.BodyTooLarge(BYTES_MAX));
        }
        return plain;
    }
}
