package io.lockgrid.http.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * Reads JSON exactly as RFC 8259 has it: strict UTF-8, no comments, no NaN, nothing after the value, nesting to
 * {@link #DEPTH_MAX}, numbers to 1,000 characters.
 */
public final class StrictJson {
    /** Deepest nesting that is read. */
    public static final int DEPTH_MAX = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();

    /** What the parser tells its programmer, and not who wrote the text: how to allow it, where an object began. */
    private static final Pattern ADVICE = Pattern.compile("(: enable `| \\(for |\n).*", Pattern.DOTALL);

    /** Reads one value; the parser stands on its first token and must be left on its last. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(JsonParser parser) throws IOException;
    }

    /** Takes one field; the parser stands on the first token of its value and must be left on the last. */
    @FunctionalInterface
    public interface FieldReader {
        void read(String field, JsonParser parser) throws IOException;
    }

    private StrictJson() {}

    /**
     * Reads a body that is one JSON value.
     *
     * @throws BadJsonException if it is not, or if {@code reader} says that it is a wrong one
     */
    public static <T> T read(Buffer body, Reader<T> reader) {
        String text = Percent.utf8(body.getBytes(), body.length());
        if (text == null) {
            throw new BadJsonException("invalid UTF-8", 1, 1);
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new BadJsonException("unexpected end of input", 1, 1);
            }
            T value = reader.read(parser);
            if (parser.nextToken() != null) {
                throw bad(parser, "unexpected text after the value");
            }
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String reason = ADVICE.matcher(e.getOriginalMessage()).replaceFirst("");
            throw at == null
                    ? new BadJsonException(reason, 1, 1)
                    : new BadJsonException(reason, at.getLineNr(), at.getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
    }

    /** Reads the fields of an object, in order, duplicates included. The parser stands on its first brace. */
    public static void fields(JsonParser parser, FieldReader reader) throws IOException {
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            checkText(parser, field);
            parser.nextToken();
            reader.read(field, parser);
        }
    }

    /** The text of a string, checked to be well-formed. */
    public static String text(JsonParser parser) throws IOException {
        String text = parser.getText();
        checkText(parser, text);
        return text;
    }

    /** Passes over a value, and still reads every text in it. */
    public static void skip(JsonParser parser) throws IOException {
        int depth = 0;
        for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                checkText(parser, parser.getText());
            }
            if (depth == 0) {
                return;
            }
        }
    }

    /** An error at the place where the parser stands. */
    public static BadJsonException bad(JsonParser parser, String message) {
        JsonLocation at = parser.currentTokenLocation();
        return new BadJsonException(message, at.getLineNr(), at.getColumnNr());
    }

    /** A lone surrogate can be written as an escape, but is no character. */
    private static void checkText(JsonParser parser, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw bad(parser, "a lone surrogate is no character");
            }
        }
    }
}
