package io.lockgrid.http.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.filter.FilteringGeneratorDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.JsonLayout;
import io.lockgrid.http.wire.JsonStyle;
import io.lockgrid.http.wire.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * How a client wants its answers: {@code format}, {@code pretty}, {@code filter_path}, {@code error_trace}. What is
 * wrong in a request otherwise is answered in that form, too.
 *
 * @param kept patterns of what is to be kept; everything if there are none
 * @param left patterns of what is to be left out of it
 */
record Presentation(BodyFormat format, boolean pretty, List<String> kept, List<String> left, boolean errorTrace)
        implements JsonLayout {
    private static final List<String> TRACES = List.of("error.stack_trace", "error.root_cause.stack_trace");

    Presentation {
        kept = List.copyOf(kept);
        left = List.copyOf(left);
    }

    /** @param prettyOtherwise the layout without {@code pretty} */
    static Presentation of(Parameters parameters, BodyFormat format, boolean prettyOtherwise) {
        List<String> kept = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (String pattern : parameters.list("filter_path")) {
            if (pattern.startsWith("-")) {
                left.add(pattern.substring(1));
            } else {
                kept.add(pattern);
            }
        }
        return new Presentation(
                format, parameters.flag("pretty", prettyOtherwise), kept, left, parameters.flag("error_trace", false));
    }

    String contentType() {
        return format.contentType();
    }

    /** The reply in the form that was asked for; it was made as compact JSON. What is no JSON stays as it is. */
    Reply present(Reply reply) {
        if (reply.more() != null || !reply.contentType().equals(OpenSearchReplies.JSON)) {
            return reply;
        }
        boolean isError = reply.status() >= 400;
        if (!isError && equals(new Presentation(BodyFormat.JSON, false, List.of(), List.of(), errorTrace))) {
            return reply;
        }
        Presentation form = isError ? ofErrors() : this;
        return reply.body().length() == 0
                ? reply.withContentType(contentType())
                : reply.withBody(Json.inLayout(form, reply.body())).withContentType(contentType());
    }

    /** Errors are shown whole, whatever {@code filter_path} says. */
    private Presentation ofErrors() {
        return new Presentation(format, pretty, List.of(), errorTrace ? List.of() : TRACES, errorTrace);
    }

    @Override
    public JsonGenerator generator(OutputStream bytes) throws IOException {
        JsonGenerator out = format == BodyFormat.JSON
                ? style().generator(bytes)
                : format.factory().createGenerator(bytes).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        if (left.isEmpty() && kept.isEmpty()) {
            return out;
        }
        JsonGenerator filtered = out;
        if (!left.isEmpty()) {
            filtered = filtered(filtered, FilterPaths.without(left));
        }
        if (!kept.isEmpty()) {
            filtered = filtered(filtered, FilterPaths.keeping(kept));
        }
        return new Braced(out, filtered);
    }

    private static JsonGenerator filtered(JsonGenerator out, FilterPaths paths) {
        return new FilteringGeneratorDelegate(out, paths, Inclusion.INCLUDE_ALL_AND_PATH, true);
    }

    @Override
    public void finish(OutputStream bytes) throws IOException {
        if (format == BodyFormat.JSON) {
            style().finish(bytes);
        }
    }

    private JsonStyle style() {
        return pretty ? JsonStyle.PRETTY : JsonStyle.COMPACT;
    }

    /** Writes the outermost braces around whatever is left, even if it is nothing. */
    private static final class Braced extends JsonGeneratorDelegate {
        private final JsonGenerator whole;
        private int depth;

        Braced(JsonGenerator whole, JsonGenerator filtered) {
            super(filtered, false);
            this.whole = whole;
        }

        @Override
        public void writeStartObject() throws IOException {
            if (depth++ == 0) {
                whole.writeStartObject();
            } else {
                super.writeStartObject();
            }
        }

        @Override
        public void writeEndObject() throws IOException {
            if (--depth == 0) {
                whole.writeEndObject();
            } else {
                super.writeEndObject();
            }
        }
    }
}
