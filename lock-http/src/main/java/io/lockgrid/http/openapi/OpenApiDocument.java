package io.lockgrid.http.openapi;

import io.lockgrid.http.wire.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * The OpenAPI document, which is kept as one file for each family beside this class.
 *
 * <p>Version 3.0.3, since the published fragments of the sfp server are 3.0, and generators read that best.
 */
public final class OpenApiDocument {
    private static final List<String> PARTS =
            List.of("base.json", "sfp.json", "dapr.json", "opensearch.json", "native.json");

    private OpenApiDocument() {}

    /** The reply that holds the document. */
    public static Reply reply(String version) {
        JsonObject document = new JsonObject();
        for (String part : PARTS) {
            document.mergeIn(new JsonObject(read(part)), true);
        }
        document.getJsonObject("info").put("version", version);
        return Reply.of(200, "application/json", document.toBuffer());
    }

    private static Buffer read(String name) {
        try (InputStream in = Objects.requireNonNull(
                OpenApiDocument.class.getResourceAsStream("/io/lockgrid/http/openapi/" + name))) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the jar holds " + name, e);
        }
    }
}
