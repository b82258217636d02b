package io.lockgrid.http.sfp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The value of a property of a body; absent also for null. */
record Property(String text, boolean isString, boolean isNumber) {
    static final Property ABSENT = new Property("", false, false);

    /** A boolean, a list or an object: no rule of this API wants one. */
    static final Property OTHER = new Property("other", false, false);

    static Property text(String text) {
        return new Property(text, true, false);
    }

    /** The value that the parser stands on; leaves it on the end of that. */
    static Property of(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return ABSENT;
        }
        if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
            return new Property(parser.getText(), token == JsonToken.VALUE_STRING, token.isNumeric());
        }
        parser.skipChildren();
        return OTHER;
    }

    boolean isAbsent() {
        return text.isEmpty() && !isString;
    }
}
