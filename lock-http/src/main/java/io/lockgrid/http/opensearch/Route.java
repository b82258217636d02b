package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a path can be. The permissions are those that the security plugin would ask for, or of their kind. */
enum Route {
    ROOT("GET,HEAD", "cluster:monitor/main"),
    // The original takes GET only; probes like to send HEAD.
    HEALTH("GET,HEAD", "cluster:monitor/health"),
    NODES("GET", "cluster:monitor/nodes/info"),
    LIST("GET", "cluster:admin/opensearch/jobscheduler/locks"),
    JOBS("GET", "cluster:admin/opensearch/jobscheduler/jobs"),
    // The original takes GET only, though many a client cannot send a body with it.
    ACQUIRE("GET,POST", "cluster:admin/opensearch/jobscheduler/locks/acquire"),
    RELEASE("PUT", "cluster:admin/opensearch/jobscheduler/locks/release"),
    RENEW("PUT", "cluster:admin/opensearch/jobscheduler/locks/renew");

    private static final String PLUGIN = "/_plugins/_job_scheduler/";

    /** How the clients that look for nodes ask. */
    private static final Set<List<String>> NODES_PATHS = Set.of(
            List.of("_nodes", "http"), List.of("_nodes", "_all", "http"), List.of("_nodes", "_all", "info", "http"));

    private final String allowed;
    private final String permission;

    Route(String allowed, String permission) {
        this.allowed = allowed;
        this.permission = permission;
    }

    /** Methods, separated by commas. */
    String allowed() {
        return allowed;
    }

    /** What a caller lacks who is refused here. */
    String permission() {
        return permission;
    }

    /** Beside those that every route has. */
    Set<String> parameters() {
        return switch (this) {
            case ROOT -> Set.of();
            case HEALTH -> ClusterHealth.PARAMETERS;
            case NODES -> Set.of("timeout", "flat_settings");
            case LIST -> Set.of("lock_id");
            case JOBS -> Set.of("by_node");
            case ACQUIRE -> Set.of("conflict_status");
            case RELEASE, RENEW -> Set.of("if_seq_no", "if_primary_term");
        };
    }

    boolean allows(String method) {
        return List.of(allowed.split(",", -1)).contains(method);
    }

    /**
     * What a path is, and what it names.
     *
     * @param argument the last segment of a path that has a variable one
     */
    record Target(Route route, @Nullable String argument) {}

    /** What stands at a path as it was sent; null if nothing does. */
    static @Nullable Target at(String path) {
        if (path.equals("/")) {
            return new Target(ROOT, null);
        }
        if (!path.startsWith(PLUGIN)) {
            return atCluster(segments(path));
        }
        List<String> segments = segments(path.substring(PLUGIN.length()));
        int size = segments.size();
        String last = size == 0 ? "" : segments.getLast();
        String route = size < 2 ? last : String.join("/", segments.subList(0, size - 1));
        return switch (size) {
            case 1 -> route.equals("_lock") ? new Target(ACQUIRE, null) : null;
            case 2 ->
                switch (route) {
                    case "_release_lock" -> new Target(RELEASE, last);
                    case "_renew_lock" -> new Target(RENEW, last);
                    case "api" -> atApi(last);
                    default -> null;
                };
            case 3 ->
                segments.getFirst().equals("api") && segments.get(1).equals("locks") ? new Target(LIST, last) : null;
            default -> null;
        };
    }

    private static @Nullable Target atApi(String name) {
        return switch (name) {
            case "locks" -> new Target(LIST, null);
            case "jobs" -> new Target(JOBS, null);
            default -> null;
        };
    }

    private static @Nullable Target atCluster(List<String> segments) {
        if (segments.equals(List.of("_cluster", "health"))) {
            return new Target(HEALTH, null);
        }
        return NODES_PATHS.contains(segments) ? new Target(NODES, null) : null;
    }

    /** Decoded; empty segments do not count, a {@code +} is itself. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            String text = Percent.decode(segment, false);
            if (text == null) {
                throw OpenSearchReplies.badEscape(segment);
            }
            if (!text.isEmpty()) {
                segments.add(text);
            }
        }
        return segments;
    }
}
