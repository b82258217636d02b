package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request. A parameter that nobody knows is an error, and is noticed before anything is done (the
 * original notices it afterwards).
 */
final class Parameters {
    /** Common to all routes of OpenSearch. */
    private static final Set<String> COMMON = Set.of("pretty", "human", "error_trace", "format", "filter_path");

    private static final Set<String> BOOLEANS = Set.of("pretty", "human", "error_trace");

    private static final Pattern SEPARATOR = Pattern.compile("[&;]");
    private static final Pattern COMMA = Pattern.compile(",");

    private final Map<String, String> values = new TreeMap<>();
    private final List<String> undecodable = new ArrayList<>();

    private Parameters() {}

    /** Reads a query as sent, right or wrong; of two parameters with one name the last counts. */
    static Parameters read(String query) {
        Parameters parameters = new Parameters();
        for (String pair : SEPARATOR.split(query, -1)) {
            int equals = pair.indexOf('=');
            String name = parameters.decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : parameters.decode(pair.substring(equals + 1));
            if (!name.isEmpty()) {
                parameters.values.put(name, value);
            }
        }
        return parameters;
    }

    private String decode(String text) {
        String decoded = Percent.decode(text, true);
        if (decoded == null) {
            undecodable.add(text);
            return "";
        }
        return decoded;
    }

    /**
     * Refuses what is wrong whatever the route does.
     *
     * @param path for the error
     * @param known parameters of the route, beside the common ones
     */
    void check(String path, Set<String> known) {
        if (!undecodable.isEmpty()) {
            throw OpenSearchReplies.badEscape(undecodable.getFirst());
        }
        BOOLEANS.forEach(this::checkFlag);
        String paths = values.get("filter_path");
        if (paths != null && paths.length() > FilterPaths.LENGTH_MAX) {
            throw OpenSearchReplies.illegalArgument(
                    "[filter_path] is too long, must be no longer than " + FilterPaths.LENGTH_MAX + " characters");
        }
        Set<String> candidates = new TreeSet<>(COMMON);
        candidates.addAll(known);
        List<String> unknown = values.keySet().stream()
                .filter(name -> !candidates.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw OpenSearchReplies.illegalArgument("request [" + path + "] contains unrecognized parameter"
                    + (unknown.size() > 1 ? "s" : "") + ": "
                    + String.join(
                            ", ",
                            unknown.stream()
                                    .map(name -> Hints.about(name, candidates))
                                    .toList()));
        }
    }

    /** Whether a switch is on, refusing what is neither on nor off. */
    boolean checkFlag(String name) {
        String value = values.get(name);
        if (value != null && !value.isEmpty() && !value.equals("true") && !value.equals("false")) {
            throw OpenSearchReplies.illegalArgument(
                    "Failed to parse value [" + value + "] as only [true] or [false] are allowed.");
        }
        return flag(name, false);
    }

    /** Whether a switch is on; a wrong value counts as none. */
    boolean flag(String name, boolean otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        return value.isEmpty() || value.equals("true") || (otherwise && !value.equals("false"));
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    /** What stands between commas, without empty ones. */
    List<String> list(String name) {
        String value = values.get(name);
        return value == null
                ? List.of()
                : COMMA.splitAsStream(value)
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList();
    }
}
