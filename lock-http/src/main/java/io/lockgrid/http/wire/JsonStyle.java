package io.lockgrid.http.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/** How JSON is laid out. */
public enum JsonStyle implements JsonLayout {
    /** Without any white space. */
    COMPACT,
    /** Two spaces of indent, {@code "key" : value}, arrays broken too, a line feed at the end. */
    PRETTY;

    private static final JsonFactory FACTORY = new JsonFactory();

    @Override
    public JsonGenerator generator(OutputStream bytes) throws IOException {
        JsonGenerator out = FACTORY.createGenerator(bytes).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        if (this == PRETTY) {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            out.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
        }
        return out;
    }

    @Override
    public void finish(OutputStream bytes) throws IOException {
        if (this == PRETTY) {
            bytes.write('\n');
        }
    }
}
