package io.lockgrid.http.dapr;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lockgrid.http.wire.JsonNumbers;
import io.lockgrid.http.wire.StrictJson;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;

/**
 * A lock or unlock request. As a body it is the JSON mapping of Protocol Buffers as Go's protojson reads it with
 * unknown fields discarded: names in both spellings, each at most once, null for the default, numbers also as strings.
 *
 * @param appId what the caller said that its app is, or empty
 * @param expirySeconds 0 if it was not there; any 32-bit number
 */
record DaprRequest(String store, String appId, String resourceId, String lockOwner, int expirySeconds) {
    private static final BigDecimal INT_MIN = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal INT_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);

    /** Fields of the two request messages; the store is replaced by the one in the path. */
    private enum Field {
        STORE_NAME,
        RESOURCE_ID,
        LOCK_OWNER,
        EXPIRY_IN_SECONDS
    }

    /** The body of a lock request. @throws BadJsonException if it is malformed */
    static DaprRequest ofLock(String store, String appId, Buffer body) {
        return read(store, appId, body, EnumSet.allOf(Field.class));
    }

    /** The body of an unlock request, which knows no expiry. @throws BadJsonException if it is malformed */
    static DaprRequest ofUnlock(String store, String appId, Buffer body) {
        return read(store, appId, body, EnumSet.complementOf(EnumSet.of(Field.EXPIRY_IN_SECONDS)));
    }

    private static DaprRequest read(String store, String appId, Buffer body, Set<Field> known) {
        Builder builder = new Builder(known);
        if (body.length() > 0) {
            StrictJson.read(body, parser -> {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw StrictJson.bad(parser, "unexpected token " + parser.getText());
                }
                StrictJson.fields(parser, builder::field);
                return builder;
            });
        }
        return new DaprRequest(store, appId, builder.resourceId, builder.lockOwner, builder.expirySeconds);
    }

    private static final class Builder {
        private final Set<Field> unseen;
        private final Set<Field> known;
        private String resourceId = "";
        private String lockOwner = "";
        private int expirySeconds;

        Builder(Set<Field> known) {
            this.known = known;
            this.unseen = EnumSet.copyOf(known);
        }

        void field(String name, JsonParser parser) throws IOException {
            Field field = switch (name) {
                case "storeName", "store_name" -> Field.STORE_NAME;
                case "resourceId", "resource_id" -> Field.RESOURCE_ID;
                case "lockOwner", "lock_owner" -> Field.LOCK_OWNER;
                case "expiryInSeconds", "expiry_in_seconds" -> Field.EXPIRY_IN_SECONDS;
                default -> null;
            };
            if (field == null || !known.contains(field)) {
                StrictJson.skip(parser);
                return;
            }
            if (!unseen.remove(field)) {
                throw StrictJson.bad(parser, "duplicate field \"" + name + "\"");
            }
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            switch (field) {
                case STORE_NAME -> string(name, parser);
                case RESOURCE_ID -> resourceId = string(name, parser);
                case LOCK_OWNER -> lockOwner = string(name, parser);
                case EXPIRY_IN_SECONDS -> expirySeconds = int32(name, parser);
            }
        }

        private static String string(String name, JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw StrictJson.bad(parser, "invalid value for string field " + name + ": " + parser.getText());
            }
            return StrictJson.text(parser);
        }

        private static int int32(String name, JsonParser parser) throws IOException {
            JsonToken token = parser.currentToken();
            BigDecimal number =
                    token.isNumeric() || token == JsonToken.VALUE_STRING ? JsonNumbers.parse(parser.getText()) : null;
            boolean isInt = number != null
                    && number.compareTo(INT_MIN) >= 0
                    && number.compareTo(INT_MAX) <= 0
                    && (number.signum() == 0 || number.stripTrailingZeros().scale() <= 0);
            if (number == null || !isInt) {
                throw StrictJson.bad(parser, "invalid value for int32 field " + name + ": " + parser.getText());
            }
            return number.signum() == 0 ? 0 : number.intValueExact();
        }
    }
}
