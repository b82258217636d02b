package io.lockgrid.http.opensearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The formats of OpenSearch, by the names of its XContentType. */
enum BodyFormat {
    JSON(OpenSearchReplies.JSON),
    YAML("application/yaml"),
    CBOR("application/cbor"),
    SMILE("application/smile");

    private static final Map<BodyFormat, JsonFactory> FACTORIES = Map.of(
            JSON, new JsonFactory(), YAML, new YAMLFactory(), CBOR, new CBORFactory(), SMILE, new SmileFactory());

    private final String contentType;

    BodyFormat(String contentType) {
        this.contentType = contentType;
    }

    /** As the header has it. */
    String contentType() {
        return contentType;
    }

    JsonFactory factory() {
        return Objects.requireNonNull(FACTORIES.get(this), "every format has one");
    }

    /**
     * The format that a client asks for by the parameter {@code format} or, without it, by the header {@code Accept};
     * JSON if that is none of these.
     *
     * @param format short name or media type, or null
     */
    static BodyFormat of(@Nullable String format, @Nullable String accept) {
        String wanted = format == null ? accept : format;
        if (wanted == null) {
            return JSON;
        }
        int end = wanted.indexOf(';');
        String type = (end < 0 ? wanted : wanted.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        for (BodyFormat each : values()) {
            String name = each.name().toLowerCase(Locale.ROOT);
            if (type.equals(name) || type.equals("application/" + name)) {
                return each;
            }
        }
        return JSON;
    }
}
