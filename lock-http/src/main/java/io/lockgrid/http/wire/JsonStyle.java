package io.lockgrid.http.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How JSON is laid out. */
public enum JsonStyle {
    /** Without any white space. */
    COMPACT,
    /** Two spaces of indent, {@code "key" : value}, arrays broken too, a line feed at the end. */
    PRETTY;

    private static final JsonFactory FACTORY = new JsonFactory();

    JsonGenerator generator(ByteArrayOutputStream bytes) {
        try {
            JsonGenerator out = FACTORY.createGenerator(bytes);
            if (this == PRETTY) {
                DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
                out.setPrettyPrinter(
                        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
    }

    /** What comes after the value. */
    void finish(ByteArrayOutputStream bytes) {
        if (this == PRETTY) {
            bytes.write('\n');
        }
    }
}
