package io.lockgrid.http.auth;

import io.lockgrid.http.wire.Glob;
import java.util.List;

/**
 * A set of namespaces, given by patterns in which {@code *} stands for any run of characters, slashes included.
 *
 * @param patterns of the namespaces in it; none means every namespace
 */
public record Namespaces(List<String> patterns) {
    /** Every namespace. */
    public static final Namespaces ALL = new Namespaces(List.of());

    public Namespaces {
        patterns = List.copyOf(patterns);
    }

    /** Whether this is every namespace. */
    public boolean areAll() {
        return patterns.isEmpty();
    }

    /** Whether {@code namespace} is one of them. */
    public boolean include(String namespace) {
        return areAll() || patterns.stream().anyMatch(pattern -> Glob.matches(pattern, namespace));
    }

    @Override
    public String toString() {
        return areAll() ? "*" : String.join(",", patterns);
    }
}
