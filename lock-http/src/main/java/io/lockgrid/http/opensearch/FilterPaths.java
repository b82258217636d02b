package io.lockgrid.http.opensearch;

import com.fasterxml.jackson.core.filter.TokenFilter;
import io.lockgrid.http.wire.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a body by the patterns of {@code filter_path}: names of fields, from the root on, joined by dots. In
 * a name {@code *} stands for any text, {@code \.} for a dot; {@code **} as a name stands for any number of names.
 */
final class FilterPaths extends TokenFilter {
    /** Characters of all patterns of a request together: each is compared with every name of a body. */
    static final int LENGTH_MAX = 1_024;

    private final List<NamePattern> patterns;
    private final boolean keepsMatches;

    private FilterPaths(List<NamePattern> patterns, boolean keepsMatches) {
        this.patterns = patterns;
        this.keepsMatches = keepsMatches;
    }

    /** Keeps what one of the patterns matches, and nothing else. */
    static FilterPaths keeping(List<String> patterns) {
        return new FilterPaths(patterns.stream().map(NamePattern::of).toList(), true);
    }

    /** Leaves out what one of the patterns matches, and nothing else. */
    static FilterPaths without(List<String> patterns) {
        return new FilterPaths(patterns.stream().map(NamePattern::of).toList(), false);
    }

    /** The names of a pattern that are to come. */
    private record NamePattern(String name, @Nullable NamePattern rest) {
        private static final Pattern DOT = Pattern.compile("(?<!\\\\)\\.");

        static NamePattern of(String text) {
            List<String> names = List.of(DOT.split(text, -1));
            NamePattern pattern = new NamePattern(unescape(names.getLast()), null);
            for (String name : names.subList(0, names.size() - 1).reversed()) {
                pattern = new NamePattern(unescape(name), pattern);
            }
            return pattern;
        }

        private static String unescape(String name) {
            return name.replace("\\.", ".");
        }

        boolean isAnyDepth() {
            return name.equals("**");
        }
    }

    @Override
    public @Nullable TokenFilter includeProperty(String name) {
        List<NamePattern> inside = new ArrayList<>();
        for (NamePattern pattern : patterns) {
            NamePattern rest = pattern.rest();
            if (!Glob.matches(pattern.name(), name)) {
                continue;
            }
            if (rest == null) {
                return keepsMatches ? INCLUDE_ALL : null;
            }
            inside.add(rest);
            if (pattern.isAnyDepth()) {
                inside.add(pattern);
            }
        }
        if (inside.isEmpty()) {
            return keepsMatches ? null : INCLUDE_ALL;
        }
        return new FilterPaths(inside, keepsMatches);
    }

    /** A value that patterns lead to, but not through: they wanted a field of it. */
    @Override
    protected boolean _includeScalar() {
        return !keepsMatches;
    }
}
