package io.lockgrid.http.sfp;

import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Percent;
import io.lockgrid.statemachine.LockName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a request asks for, taken apart as Express does: the words of a route are the same in any case, a slash at its
 * end does not count, and segments are split first and decoded then, so that a repository {@code owner%2Frepo} is one
 * segment. A wrong method is an unknown route; a HEAD is a GET.
 */
sealed interface SfpRoute {
    /** Whether the server answers. */
    record Ping() implements SfpRoute {}

    /** The OpenAPI document. */
    record ApiDocument() implements SfpRoute {}

    /** Take a lock, or a place in its queue. */
    record Queue() implements SfpRoute {}

    /** The requests of a resource. */
    record ListAll(LockName lock) implements SfpRoute {}

    /** End all requests of a resource. */
    record Clear(LockName lock) implements SfpRoute {}

    /** Where a ticket stands. */
    record Status(LockName lock, String ticket) implements SfpRoute {}

    /** End one ticket. */
    record Release(LockName lock, String ticket) implements SfpRoute {}

    /** Whether a ticket holds by now. */
    record Acquire(LockName lock, String ticket) implements SfpRoute {}

    /** Nothing that is served. */
    record None() implements SfpRoute {}

    /**
     * The route of a request.
     *
     * @throws io.lockgrid.http.wire.Rejection if a segment cannot be decoded or is no name
     */
    static SfpRoute of(Call call) {
        String method = call.method().equals("HEAD") ? "GET" : call.method();
        String path = call.path();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<String> segments = Arrays.asList(trimmed.split("/", -1));
        String words = String.join("/", segments.subList(0, Math.min(4, segments.size())))
                .toLowerCase(Locale.ROOT);
        return switch (method + " " + words) {
            case "GET /sfp/api", "GET /sfp/api/ping" -> segments.size() <= 4 ? new Ping() : new None();
            case "GET /sfp/apidocs-json" -> new ApiDocument();
            case "POST /sfp/api/locks", "GET /sfp/api/locks", "DELETE /sfp/api/locks" ->
                ofLocks(method, segments.subList(4, segments.size()));
            default -> new None();
        };
    }

    /** @param segments what comes after {@code locks}, still escaped: repository, resource, ticket, acquire */
    private static SfpRoute ofLocks(String method, List<String> segments) {
        if (segments.contains("")) {
            return new None();
        }
        boolean isAcquire = segments.size() == 4 && segments.get(3).equalsIgnoreCase("acquire");
        return switch (method + " " + segments.size()) {
            case "POST 0" -> new Queue();
            case "GET 2" -> new ListAll(lock(segments));
            case "DELETE 2" -> new Clear(lock(segments));
            case "GET 3" -> new Status(lock(segments), decode(segments.get(2)));
            case "DELETE 3" -> new Release(lock(segments), decode(segments.get(2)));
            case "POST 4" -> isAcquire ? new Acquire(lock(segments), decode(segments.get(2))) : new None();
            default -> new None();
        };
    }

    private static LockName lock(List<String> segments) {
        String repository = decode(segments.get(0));
        String resource = decode(segments.get(1));
        List<String> broken = new ArrayList<>();
        QueueRequest.checkName("repository", Property.text(repository), broken);
        QueueRequest.checkName("resource", Property.text(resource), broken);
        if (!broken.isEmpty()) {
            throw SfpReplies.invalid(broken);
        }
        return new LockName(repository, resource);
    }

    private static String decode(String segment) {
        String text = Percent.decode(segment, false);
        if (text == null) {
            throw SfpReplies.badRequest("Failed to decode param '" + segment + "'");
        }
        return text;
    }
}
