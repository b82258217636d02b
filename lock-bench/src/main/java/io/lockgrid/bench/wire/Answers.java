package io.lockgrid.bench.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers as little as is needed, and fails with {@link CallFailedException} where they are not as they should
 * be.
 */
final class Answers {
    private static final String TOKEN = "LockGrid-Fencing-Token";
    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    static void check(String step, Response answer, int status) {
        if (answer.status() != status) {
            throw new CallFailedException(step + ": " + answer.status());
        }
    }

    static void check(String kind, boolean holds) {
        if (!holds) {
            throw new CallFailedException(kind);
        }
    }

    /** The fencing token in the head of an answer; 0 if there is none. */
    static long token(Response answer) {
        String token = answer.headers().get(TOKEN);
        return token == null ? 0 : Long.parseLong(token);
    }

    /** The text or number that a member of the outermost object has; null if it has none or is null. */
    static @Nullable String member(Response answer, String name) {
        try (JsonParser parser = JSON.createParser(answer.body())) {
            check("answer is no JSON object", parser.nextToken() == JsonToken.START_OBJECT);
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (field.equals(name)) {
                    return value == JsonToken.VALUE_NULL ? null : parser.getText();
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            throw new CallFailedException("answer is no JSON object");
        }
    }
}
