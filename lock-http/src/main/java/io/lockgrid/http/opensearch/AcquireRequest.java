package io.lockgrid.http.opensearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lockgrid.http.wire.BadJsonException;
import io.lockgrid.http.wire.JsonNumbers;
import io.lockgrid.http.wire.Rejection;
import io.lockgrid.http.wire.StrictJson;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of an acquire call, coerced as XContentParser does: numbers and booleans stand for their text, a text stands
 * for the number in it, and a fraction of the duration is cut off. Unknown fields are passed over.
 */
record AcquireRequest(LockName lock, long leaseMillis) {
    /** @throws Rejection if it is malformed or invalid */
    static AcquireRequest read(Buffer body, long leaseMillisMax) {
        if (body.length() == 0) {
            throw OpenSearchReplies.rejection(400, "parse_exception", "request body is required");
        }
        return Fields.of(body).validated(leaseMillisMax);
    }

    /**
     * The lease in ms that a body asks for which need not be there and need not hold one; null if it does not.
     *
     * @throws Rejection if it is malformed or invalid
     */
    static @Nullable Long readDuration(Buffer body, long leaseMillisMax) {
        String seconds = body.length() == 0 ? null : Fields.of(body).duration;
        return seconds == null ? null : Fields.leaseMillis(seconds, leaseMillisMax);
    }

    private static final class Fields {
        private final Set<String> seen = new HashSet<>();
        private @Nullable String index;
        private @Nullable String job;
        private @Nullable String duration;

        static Fields of(Buffer body) {
            try {
                return StrictJson.read(body, parser -> new Fields().read(parser));
            } catch (BadJsonException e) {
                throw OpenSearchReplies.rejection(
                        400, "json_parse_exception", e.text() + " at line: " + e.line() + ", column: " + e.column());
            }
        }

        private Fields read(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                var at = parser.currentTokenLocation();
                String reason = "Failed to parse object: expecting token of type [START_OBJECT] but found ["
                        + parser.currentToken() + "]";
                throw new Rejection(OpenSearchReplies.exception(400, "parsing_exception", reason, out -> {
                    out.writeNumberField("line", at.getLineNr());
                    out.writeNumberField("col", at.getColumnNr());
                }));
            }
            StrictJson.fields(parser, this::field);
            return this;
        }

        private void field(String name, JsonParser parser) throws IOException {
            if (!seen.add(name)) {
                throw StrictJson.bad(parser, "Duplicate field '" + name + "'");
            }
            switch (name) {
                case "job_index_name" -> index = scalar(name, parser);
                case "job_id" -> job = scalar(name, parser);
                case "lock_duration_seconds" -> duration = scalar(name, parser);
                default -> StrictJson.skip(parser);
            }
        }

        private static @Nullable String scalar(String name, JsonParser parser) throws IOException {
            JsonToken token = parser.currentToken();
            if (token.isStructStart()) {
                throw OpenSearchReplies.illegalArgument("[" + name + "] must be a single value");
            }
            return token == JsonToken.VALUE_NULL ? null : StrictJson.text(parser);
        }

        AcquireRequest validated(long leaseMillisMax) {
            String indexName = index;
            String jobId = job;
            String seconds = duration;
            if (indexName == null || jobId == null || seconds == null) {
                throw OpenSearchReplies.illegalArgument("missing required fields: " + missing());
            }
            checkName("job_index_name", indexName);
            checkName("job_id", jobId);
            return new AcquireRequest(new LockName(indexName, jobId), leaseMillis(seconds, leaseMillisMax));
        }

        private List<String> missing() {
            List<String> missing = new ArrayList<>();
            if (index == null) {
                missing.add("job_index_name");
            }
            if (job == null) {
                missing.add("job_id");
            }
            if (duration == null) {
                missing.add("lock_duration_seconds");
            }
            return missing;
        }

        private static void checkName(String field, String text) {
            if (text.isEmpty()) {
                throw OpenSearchReplies.illegalArgument("[" + field + "] must not be empty");
            }
            if (!Limits.isName(text)) {
                throw OpenSearchReplies.illegalArgument(
                        "[" + field + "] is too long, must be no longer than " + Limits.NAME_BYTES_MAX + " bytes");
            }
        }

        private static long leaseMillis(String text, long leaseMillisMax) {
            BigDecimal seconds = JsonNumbers.parse(text);
            if (seconds == null) {
                throw OpenSearchReplies.illegalArgument("For input string: \"" + text + "\"");
            }
            if (seconds.compareTo(BigDecimal.ONE) < 0) {
                throw OpenSearchReplies.illegalArgument("[lock_duration_seconds] must be at least 1");
            }
            // Compared before it is written out, which for 1e999999999 would take all memory.
            long secondsMax = leaseMillisMax / 1_000;
            if (seconds.compareTo(BigDecimal.valueOf(secondsMax + 1)) >= 0) {
                throw OpenSearchReplies.illegalArgument(
                        "[lock_duration_seconds] must not be greater than " + secondsMax);
            }
            return seconds.setScale(0, RoundingMode.DOWN).longValueExact() * 1_000;
        }
    }
}
