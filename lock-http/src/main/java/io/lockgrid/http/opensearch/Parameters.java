package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.JsonStyle;
import io.lockgrid.http.wire.Percent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request. A parameter that nobody knows is an error, and is noticed before anything is done (the
 * original notices it afterwards).
 */
final class Parameters {
    /** Common to all routes of OpenSearch; the last two are taken and change nothing yet. */
    private static final Set<String> COMMON = Set.of("pretty", "human", "error_trace", "format", "filter_path");

    private static final Set<String> BOOLEANS = Set.of("pretty", "human", "error_trace");

    private static final Pattern SEPARATOR = Pattern.compile("[&;]");

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param path for the error
     * @param query as sent
     * @param known parameters of the route, beside the common ones
     */
    static Parameters read(String path, String query, Set<String> known) {
        Map<String, String> values = parse(query);
        Parameters parameters = new Parameters(values);
        for (String name : BOOLEANS) {
            String value = values.get(name);
            if (value != null && !value.isEmpty() && !value.equals("true") && !value.equals("false")) {
                throw OpenSearchReplies.illegalArgument(
                        "Failed to parse value [" + value + "] as only [true] or [false] are allowed.");
            }
        }
        String unknown = values.keySet().stream()
                .filter(name -> !COMMON.contains(name) && !known.contains(name))
                .reduce("", (all, name) -> all + (all.isEmpty() ? "" : ", ") + "[" + name + "]");
        if (!unknown.isEmpty()) {
            String noun = unknown.contains("], [") ? "parameters" : "parameter";
            throw OpenSearchReplies.illegalArgument(
                    "request [" + path + "] contains unrecognized " + noun + ": " + unknown);
        }
        return parameters;
    }

    /** The layout that a query asks for, right or wrong as it is otherwise: its errors are laid out so, too. */
    static JsonStyle style(String query, JsonStyle otherwise) {
        for (String pair : SEPARATOR.split(query, -1)) {
            switch (pair) {
                case "pretty", "pretty=", "pretty=true" -> {
                    return JsonStyle.PRETTY;
                }
                case "pretty=false" -> {
                    return JsonStyle.COMPACT;
                }
                default -> {}
            }
        }
        return otherwise;
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    /** In order of name; of two with one name the last counts. */
    private static Map<String, String> parse(String query) {
        Map<String, String> values = new TreeMap<>();
        for (String pair : SEPARATOR.split(query, -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        String decoded = Percent.decode(text, true);
        if (decoded == null) {
            throw OpenSearchReplies.badEscape(text);
        }
        return decoded;
    }
}
