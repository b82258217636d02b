package io.lockgrid.http.sfp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lockgrid.http.wire.BadJsonException;
import io.lockgrid.http.wire.JsonNumbers;
import io.lockgrid.http.wire.StrictJson;
import io.lockgrid.statemachine.Limits;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a queue call, validated by the rules and in the words of class-validator; other properties are ignored,
 * the last of two with one name counts.
 *
 * @param leaseMillis the number of seconds asked for, rounded up to whole ms
 * @param requestedBy who asks, {@code anonymous} unless named
 */
record QueueRequest(String repository, String resource, long leaseMillis, String requestedBy) {
    private static final String ANONYMOUS = "anonymous";
    private static final BigDecimal MILLISECOND = BigDecimal.valueOf(1, 3);

    /**
     * @param isJson whether the body claims to be JSON; any other is read as no properties, as Express does
     * @throws io.lockgrid.http.wire.Rejection if it is malformed or invalid
     */
    static QueueRequest read(Buffer body, boolean isJson, long leaseMillisMax) {
        Properties properties = new Properties();
        if (isJson && body.length() > 0) {
            try {
                StrictJson.read(body, properties::read);
            } catch (BadJsonException e) {
                throw SfpReplies.badRequest(e.text() + " in JSON at line " + e.line() + " column " + e.column());
            }
        }
        List<String> broken = new ArrayList<>();
        checkName("repository", properties.repository, broken);
        checkName("resource", properties.resource, broken);
        long leaseMillis = lease(properties.lease, leaseMillisMax, broken);
        Property requestedBy = properties.requestedBy.isAbsent() ? Property.text(ANONYMOUS) : properties.requestedBy;
        checkName("requestedBy", requestedBy, broken);
        if (!broken.isEmpty()) {
            throw SfpReplies.invalid(broken);
        }
        return new QueueRequest(properties.repository.text, properties.resource.text, leaseMillis, requestedBy.text);
    }

    /** Adds to {@code broken} what keeps a property from being a name. */
    static void checkName(String what, Property value, List<String> broken) {
        if (value.isAbsent() || (value.isString && value.text.isEmpty())) {
            broken.add(what + " should not be empty");
        }
        if (!value.isString) {
            broken.add(what + " must be a string");
        } else if (!value.text.isEmpty() && !Limits.isName(value.text)) {
            broken.add(what + " must be valid Unicode, shorter than or equal to " + Limits.NAME_BYTES_MAX
                    + " bytes of UTF-8");
        }
    }

    private static long lease(Property value, long leaseMillisMax, List<String> broken) {
        BigDecimal seconds = value.isString || value.isNumber ? JsonNumbers.parse(value.text) : null;
        if (seconds == null || seconds.signum() <= 0) {
            broken.add("leaseDurationSeconds must be a positive number");
        }
        if (seconds == null) {
            broken.add("leaseDurationSeconds must be a number conforming to the specified constraints");
            return 0;
        }
        // Compared before it is written out, which for 1e999999999 would take all memory.
        if (seconds.compareTo(BigDecimal.valueOf(leaseMillisMax, 3)) > 0) {
            broken.add("leaseDurationSeconds must not be greater than " + leaseMillisMax / 1_000);
            return 0;
        }
        return seconds.compareTo(MILLISECOND) <= 0
                ? 1
                : seconds.movePointRight(3).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /** The value of a property; absent also for null. */
    record Property(String text, boolean isString, boolean isNumber) {
        static final Property ABSENT = new Property("", false, false);

        static Property text(String text) {
            return new Property(text, true, false);
        }

        static Property of(JsonParser parser) throws IOException {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_NULL) {
                return ABSENT;
            }
            if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
                return new Property(parser.getText(), token == JsonToken.VALUE_STRING, token.isNumeric());
            }
            parser.skipChildren();
            return new Property("other", false, false);
        }

        boolean isAbsent() {
            return text.isEmpty() && !isString;
        }
    }

    private static final class Properties {
        private Property repository = Property.ABSENT;
        private Property resource = Property.ABSENT;
        private Property lease = Property.ABSENT;
        private Property requestedBy = Property.ABSENT;

        Properties read(JsonParser parser) throws IOException {
            // The JSON reader of Express is strict: an object or a list; a list has no properties.
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                parser.skipChildren();
                return this;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw StrictJson.bad(parser, "Unexpected token '" + parser.getText() + "'");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "repository" -> repository = Property.of(parser);
                    case "resource" -> resource = Property.of(parser);
                    case "leaseDurationSeconds" -> lease = Property.of(parser);
                    case "requestedBy" -> requestedBy = Property.of(parser);
                    default -> parser.skipChildren();
                }
            }
            return this;
        }
    }
}
