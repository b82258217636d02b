package io.lockgrid.http.dapr;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Paths as the Dapr runtime sees them: its router cleans the escaped path before it matches, as {@code path.Clean} of
 * Go does: slashes collapse, {@code .} and {@code ..} resolve, trailing slashes drop (dapr/dapr,
 * pkg/api/http/server.go).
 */
final class GoPath {
    private GoPath() {}

    /** @param path escaped, beginning with a slash */
    static String clean(String path) {
        boolean isClean = !path.contains("//") && !path.contains("/.") && !path.endsWith("/");
        if (isClean) {
            return path;
        }
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        return "/" + String.join("/", kept);
    }
}
