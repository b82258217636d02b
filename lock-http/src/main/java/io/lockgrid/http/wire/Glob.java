package io.lockgrid.http.wire;

/** Patterns in which {@code *} stands for any run of characters. */
public final class Glob {
    private Glob() {}

    /**
     * Whether a text has the form of a pattern.
     *
     * <p>By hand, since a regular expression with many stars can take time without end: here a star takes as little as
     * it can, and only the last one is ever tried again, so it is at most the product of both lengths.
     */
    public static boolean matches(String pattern, String text) {
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
}
