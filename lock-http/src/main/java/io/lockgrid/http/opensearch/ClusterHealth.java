package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.service.LockService.Members;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * {@code /_cluster/health}: green if the leader hears every node, yellow if it hears a majority, red if there is no
 * leader or it hears no majority. The fields about shards, of which there are none, say that nothing is amiss.
 */
final class ClusterHealth {
    /** Those of the original. The ones about shards and indices are always met. */
    static final Set<String> PARAMETERS = Set.of(
            "wait_for_status",
            "wait_for_nodes",
            "timeout",
            "cluster_manager_timeout",
            "master_timeout",
            "local",
            "level",
            "wait_for_active_shards",
            "wait_for_events",
            "wait_for_no_initializing_shards",
            "wait_for_no_relocating_shards",
            "expand_wildcards",
            "ignore_unavailable",
            "allow_no_indices",
            "ignore_throttled");

    /** How long is waited unless the request says otherwise, as in the original. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Locks locks;
    private final String clusterName;

    ClusterHealth(Locks locks, String clusterName) {
        this.locks = locks;
        this.clusterName = clusterName;
    }

    /** From the best to the worst. */
    private enum Status {
        GREEN,
        YELLOW,
        RED;

        static Status of(Members members) {
            if (members.reachable() == members.nodes()) {
                return GREEN;
            }
            return members.reachable() * 2 > members.nodes() ? YELLOW : RED;
        }

        static Status named(String text) {
            for (Status each : values()) {
                if (each.lowerCase().equals(text.toLowerCase(Locale.ROOT))) {
                    return each;
                }
            }
            throw OpenSearchReplies.illegalArgument(
                    "[wait_for_status] must be green, yellow or red, not [" + text + "]");
        }

        String lowerCase() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the request waits for. */
    private record Wish(Status worst, NodeCount nodes, long untilNanos, boolean human) {
        boolean isMet(Members members) {
            return Status.of(members).compareTo(worst) <= 0 && nodes.isMet(members.reachable());
        }
    }

    Future<Reply> handle(Parameters parameters) {
        String status = parameters.get("wait_for_status");
        String nodes = parameters.get("wait_for_nodes");
        String timeout = parameters.get("timeout");
        Duration wait = timeout == null ? TIMEOUT : TimeValue.parse("timeout", timeout);
        return answer(new Wish(
                status == null ? Status.RED : Status.named(status),
                nodes == null ? NodeCount.ANY : NodeCount.parse(nodes),
                System.nanoTime() + wait.toNanos(),
                parameters.flag("human", false)));
    }

    private Future<Reply> answer(Wish wish) {
        return locks.members().compose(members -> {
            boolean isMet = wish.isMet(members);
            if (isMet || System.nanoTime() - wish.untilNanos() >= 0) {
                return Future.succeededFuture(reply(members, !isMet, wish.human()));
            }
            return locks.pause(PAUSE).compose(passed -> answer(wish));
        });
    }

    private Reply reply(Members members, boolean timedOut, boolean human) {
        boolean isLed = members.reachable() > 0;
        // This node itself answers, whatever becomes of the others.
        int reachable = Math.max(members.reachable(), 1);
        return Reply.of(timedOut ? 408 : 200, OpenSearchReplies.JSON, Json.object(out -> {
            out.writeStringField("cluster_name", clusterName);
            out.writeStringField("status", Status.of(members).lowerCase());
            out.writeBooleanField("timed_out", timedOut);
            out.writeNumberField("number_of_nodes", reachable);
            out.writeNumberField("number_of_data_nodes", reachable);
            out.writeBooleanField("discovered_master", isLed);
            out.writeBooleanField("discovered_cluster_manager", isLed);
            out.writeNumberField("active_primary_shards", 0);
            out.writeNumberField("active_shards", 0);
            out.writeNumberField("relocating_shards", 0);
            out.writeNumberField("initializing_shards", 0);
            out.writeNumberField("unassigned_shards", 0);
            out.writeNumberField("delayed_unassigned_shards", 0);
            out.writeNumberField("number_of_pending_tasks", 0);
            out.writeNumberField("number_of_in_flight_fetch", 0);
            if (human) {
                out.writeStringField("task_max_waiting_in_queue", "0s");
            }
            out.writeNumberField("task_max_waiting_in_queue_millis", 0);
            if (human) {
                out.writeStringField("active_shards_percent", "100.0%");
            }
            out.writeNumberField("active_shards_percent_as_number", 100.0);
        }));
    }
}
