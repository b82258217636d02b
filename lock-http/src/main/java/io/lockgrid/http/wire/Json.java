package io.lockgrid.http.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Writes JSON. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Something that can be written as JSON. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(JsonGenerator out) throws IOException;
    }

    /** One value. */
    public static Buffer of(JsonLayout layout, Writer value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try {
            try (JsonGenerator out = layout.generator(bytes)) {
                value.writeTo(out);
            }
            layout.finish(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** One compact value. */
    public static Buffer of(Writer value) {
        return of(JsonStyle.COMPACT, value);
    }

    /** One compact object; {@code fields} writes what is in it. */
    public static Buffer object(Writer fields) {
        return of(out -> {
            out.writeStartObject();
            fields.writeTo(out);
            out.writeEndObject();
        });
    }

    /** The same value in another form. */
    public static Buffer inLayout(JsonLayout layout, Buffer compact) {
        return of(layout, out -> {
            try (JsonParser parser = FACTORY.createParser(compact.getBytes())) {
                parser.nextToken();
                out.copyCurrentStructure(parser);
            }
        });
    }

    /** Writes milliseconds as a number of seconds, exact and without a needless fraction. */
    public static void writeSeconds(JsonGenerator out, String field, long millis) throws IOException {
        if (millis % 1_000 == 0) {
            out.writeNumberField(field, millis / 1_000);
        } else {
            out.writeNumberField(field, BigDecimal.valueOf(millis, 3).stripTrailingZeros());
        }
    }

    /** A text as bytes. */
    public static Buffer text(String text) {
        return Buffer.buffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
