package io.lockgrid.http.auth;

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
        return areAll() || patterns.stream().anyMatch(pattern -> matches(pattern, namespace));
    }

    /**
     * By hand, since a regular expression with many stars can take time without end: here a star takes as little as it
     * can, and only the last one is ever tried again, so it is at most the product of both lengths.
     */
    private static boolean matches(String pattern, String text) {
        int star = -1;
        int starTook = 0;
        int p = 0;
        int t = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starTook = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++starTook;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    @Override
    public String toString() {
        return areAll() ? "*" : String.join(",", patterns);
    }
}
