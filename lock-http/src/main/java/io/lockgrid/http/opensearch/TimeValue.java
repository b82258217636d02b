package io.lockgrid.http.opensearch;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as OpenSearch writes them: {@code 30s}, {@code 500ms}, {@code 1m}, {@code 0}. */
final class TimeValue {
    /** A connection on which nothing happens is closed then, and who waits on it gets no answer. */
    private static final Duration MAX = Duration.ofSeconds(55);

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(nanos|micros|ms|s|m|h|d)");

    private TimeValue() {}

    /** A length, {@link #MAX} at most. */
    static Duration parse(String name, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!form.matches()) {
            throw OpenSearchReplies.illegalArgument("failed to parse setting [" + name + "] with value [" + text
                    + "] as a time value: unit is missing or unrecognized");
        }
        long number = Long.parseLong(form.group(1));
        Duration length = switch (form.group(2)) {
            case "nanos" -> Duration.ofNanos(number);
            case "micros" -> Duration.ofNanos(number * 1_000);
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return length.compareTo(MAX) < 0 ? length : MAX;
    }
}
