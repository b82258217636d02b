package io.lockgrid.http.auth;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A set of namespaces, given by patterns in which {@code *} stands for any run of characters, slashes included. */
public final class Namespaces {
    /** Every namespace. */
    public static final Namespaces ALL = new Namespaces(List.of());

    private final List<String> patterns;
    private final List<Pattern> compiled;

    private Namespaces(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
        this.compiled = patterns.stream().map(Namespaces::compile).toList();
    }

    /** Those that match one of the patterns, for example {@code ci/*}; every namespace if there is no pattern. */
    public static Namespaces of(List<String> patterns) {
        return patterns.isEmpty() ? ALL : new Namespaces(patterns);
    }

    private static Pattern compile(String pattern) {
        return Pattern.compile(
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    /** Whether this is every namespace. */
    public boolean areAll() {
        return patterns.isEmpty();
    }

    /** Whether {@code namespace} is one of them. */
    public boolean include(String namespace) {
        return areAll()
                || compiled.stream()
                        .anyMatch(pattern -> pattern.matcher(namespace).matches());
    }

    @Override
    public String toString() {
        return areAll() ? "*" : String.join(",", patterns);
    }
}
