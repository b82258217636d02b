package io.lockgrid.http.v1;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lockgrid.http.wire.BadJsonException;
import io.lockgrid.http.wire.Problem;
import io.lockgrid.http.wire.Rejection;
import io.lockgrid.http.wire.StrictJson;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.Role;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for an access token: {@code {"name": "ci", "role": "application", "namespaces": ["ci/*"]}}.
 *
 * @param name see {@link Limits#isAccessTokenName}; no control characters, since it is shown to people
 * @param namespaces patterns; none, also where the property is missing, means every namespace
 */
record TokenRequest(String name, Role role, List<String> namespaces) {
    /** @throws Rejection with a problem of status 400 that says what is wrong, and where */
    static TokenRequest read(Buffer body) {
        Properties properties = new Properties();
        try {
            return StrictJson.read(body, properties::read);
        } catch (BadJsonException e) {
            throw badRequest(e.text() + " at line " + e.line() + " column " + e.column());
        }
    }

    static Rejection badRequest(String detail) {
        return new Rejection(Problem.of(400, "Bad Request", detail));
    }

    /** Words what a name must be, or null if it is right. */
    static @Nullable String faultOf(String name) {
        return Limits.isAccessTokenName(name) && !hasControls(name)
                ? null
                : "a token's name has 1 to " + Limits.ACCESS_TOKEN_NAME_BYTES_MAX
                        + " bytes of UTF-8 and no control characters";
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static final class Properties {
        private final Set<String> seen = new HashSet<>();
        private final List<String> namespaces = new ArrayList<>();
        private @Nullable String name;
        private @Nullable Role role;

        TokenRequest read(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw StrictJson.bad(parser, "this needs a JSON object with \"name\" and \"role\"");
            }
            StrictJson.fields(parser, this::readField);
            if (name == null || role == null) {
                throw badRequest("\"" + (name == null ? "name" : "role") + "\" is missing");
            }
            return new TokenRequest(name, role, namespaces);
        }

        private void readField(String field, JsonParser parser) throws IOException {
            if (!seen.add(field)) {
                throw StrictJson.bad(parser, "\"" + field + "\" is there twice");
            }
            switch (field) {
                case "name" -> name = name(parser);
                case "role" -> role = role(parser);
                case "namespaces" -> readNamespaces(parser);
                default ->
                    throw StrictJson.bad(parser, "\"" + field + "\" is none of \"name\", \"role\" and \"namespaces\"");
            }
        }

        private static String name(JsonParser parser) throws IOException {
            String text = text(parser, "\"name\"");
            String fault = faultOf(text);
            if (fault != null) {
                throw StrictJson.bad(parser, fault);
            }
            return text;
        }

        private static Role role(JsonParser parser) throws IOException {
            String text = text(parser, "\"role\"");
            for (Role each : Role.values()) {
                if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return each;
                }
            }
            throw StrictJson.bad(parser, "\"role\" is one of \"owner\", \"application\" and \"member\"");
        }

        private void readNamespaces(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw StrictJson.bad(parser, "\"namespaces\" is a list of patterns, each a string");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                String pattern = text(parser, "a namespace");
                namespaces.add(pattern);
                if (hasControls(pattern) || !Limits.areNamespaces(namespaces)) {
                    throw StrictJson.bad(
                            parser,
                            "\"namespaces\" has at most " + Limits.NAMESPACES_PER_ACCESS_TOKEN_MAX
                                    + " patterns, each of 1 to " + Limits.NAME_BYTES_MAX
                                    + " bytes of UTF-8 without control characters, together at most "
                                    + Limits.NAMESPACES_PER_ACCESS_TOKEN_BYTES_MAX);
                }
            }
        }

        private static String text(JsonParser parser, String what) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw StrictJson.bad(parser, what + " is a string");
            }
            return StrictJson.text(parser);
        }
    }
}
