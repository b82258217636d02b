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
    public static Buffer of(JsonStyle style, Writer value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = style.generator(bytes)) {
            value.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        style.finish(bytes);
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

    /** The same JSON, laid out for reading. */
    public static Buffer pretty(Buffer compact) {
        return of(JsonStyle.PRETTY, out -> {
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
