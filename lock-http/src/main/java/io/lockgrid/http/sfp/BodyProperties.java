package io.lockgrid.http.sfp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lockgrid.http.wire.BadJsonException;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Percent;
import io.lockgrid.http.wire.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The properties of a body as the parsers of Express give them to NestJS (body-parser 2: json, urlencoded): of JSON and
 * of forms. A body of any other type has none.
 */
final class BodyProperties {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

    private final Map<String, Property> byName = new HashMap<>();

    /** Of two properties with one name the last counts; in a form they are a list. */
    Property get(String name) {
        return byName.getOrDefault(name, Property.ABSENT);
    }

    /** Reads the body; fails with a {@link io.lockgrid.http.wire.Rejection} if it is malformed, or not in UTF-8. */
    static Future<BodyProperties> read(Call call) {
        String type = call.contentType();
        boolean isJson = type.equals("application/json");
        boolean isForm = type.equals("application/x-www-form-urlencoded");
        if (isJson || isForm) {
            checkEncoding(call);
        }
        return call.body().map(body -> {
            BodyProperties properties = new BodyProperties();
            if (isJson && body.length() > 0) {
                properties.readJson(body);
            } else if (isForm) {
                properties.readForm(body.toString(StandardCharsets.ISO_8859_1));
            }
            return properties;
        });
    }

    private static void checkEncoding(Call call) {
        String encoding = call.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw SfpReplies.unsupported("content encoding", encoding.toLowerCase(Locale.ROOT));
        }
        String type = call.header("Content-Type");
        Matcher charset = CHARSET.matcher(type == null ? "" : type);
        if (charset.find() && !charset.group(1).equalsIgnoreCase("utf-8")) {
            throw SfpReplies.unsupported("charset", charset.group(1).toUpperCase(Locale.ROOT));
        }
    }

    private void readJson(Buffer body) {
        try {
            StrictJson.read(body, this::readValue);
        } catch (BadJsonException e) {
            V8Complaint.about(body.toString(StandardCharsets.UTF_8));
            throw SfpReplies.badRequest(e.text() + " in JSON at line " + e.line() + " column " + e.column());
        }
    }

    private BodyProperties readValue(JsonParser parser) throws IOException {
        // The reader of Express is strict: an object or a list; a list has no properties.
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            StrictJson.skip(parser);
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            StrictJson.fields(parser, (name, value) -> byName.put(name, Property.of(value)));
        } else {
            throw StrictJson.bad(parser, "Unexpected token '" + parser.getText() + "'");
        }
        return this;
    }

    /** @param form one character for each byte */
    private void readForm(String form) {
        int end;
        for (int start = 0; start < form.length(); start = end + 1) {
            int and = form.indexOf('&', start);
            end = and < 0 ? form.length() : and;
            String pair = form.substring(start, end);
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            int bracket = name.indexOf('[');
            if (bracket > 0) {
                byName.put(name.substring(0, bracket), Property.OTHER);
            } else {
                byName.merge(name, Property.text(value), (one, other) -> Property.OTHER);
            }
        }
    }

    private static String decode(String text) {
        String decoded = Percent.decode(text, true);
        if (decoded == null) {
            throw SfpReplies.badRequest("Failed to decode param '" + text + "'");
        }
        return decoded;
    }
}
