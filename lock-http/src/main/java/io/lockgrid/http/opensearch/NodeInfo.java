package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Reply;
import java.util.Map;

/** What the routes about nodes say: which there are, and that they run no jobs. */
final class NodeInfo {
    private final String nodeId;
    private final String clusterName;
    private final Map<String, String> httpAddresses;

    /** @param httpAddresses by the ids of all nodes, where clients reach their APIs; empty if nobody said */
    NodeInfo(String nodeId, String clusterName, Map<String, String> httpAddresses) {
        this.nodeId = nodeId;
        this.clusterName = clusterName;
        this.httpAddresses = httpAddresses;
    }

    /**
     * The nodes for a client that looks for them. It then forgets every address that it was given and is not in this
     * answer, so that part of the nodes would be worse than none.
     */
    Reply http() {
        if (httpAddresses.isEmpty()) {
            return OpenSearchReplies.exception(
                    501,
                    "unsupported_operation_exception",
                    "the nodes do not know each other's HTTP addresses: start every node with --http-nodes, or turn"
                            + " sniffing off in the client");
        }
        return Reply.of(200, OpenSearchReplies.JSON, Json.object(out -> {
            out.writeObjectFieldStart("_nodes");
            out.writeNumberField("total", httpAddresses.size());
            out.writeNumberField("successful", httpAddresses.size());
            out.writeNumberField("failed", 0);
            out.writeEndObject();
            out.writeStringField("cluster_name", clusterName);
            out.writeObjectFieldStart("nodes");
            for (Map.Entry<String, String> node : httpAddresses.entrySet()) {
                out.writeObjectFieldStart(node.getKey());
                out.writeStringField("name", node.getKey());
                out.writeStringField("version", RootInfo.VERSION);
                // Clients send nothing to a node that is a cluster manager only.
                out.writeArrayFieldStart("roles");
                out.writeString("cluster_manager");
                out.writeString("data");
                out.writeEndArray();
                out.writeObjectFieldStart("http");
                out.writeArrayFieldStart("bound_address");
                out.writeString(node.getValue());
                out.writeEndArray();
                out.writeStringField("publish_address", node.getValue());
                out.writeEndObject();
                out.writeEndObject();
            }
            out.writeEndObject();
        }));
    }

    /** No jobs: this is a scheduler's lock service, and not its scheduler. */
    Reply jobs(boolean byNode) {
        return Reply.of(200, OpenSearchReplies.JSON, Json.object(out -> {
            if (byNode) {
                out.writeArrayFieldStart("nodes");
                out.writeStartObject();
                out.writeStringField("node_id", nodeId);
                out.writeStringField("node_name", nodeId);
                out.writeObjectFieldStart("scheduled_job_info");
                out.writeNumberField("total_jobs", 0);
                out.writeArrayFieldStart("jobs");
                out.writeEndArray();
                out.writeEndObject();
                out.writeEndObject();
                out.writeEndArray();
            } else {
                out.writeArrayFieldStart("jobs");
                out.writeEndArray();
            }
            out.writeArrayFieldStart("failures");
            out.writeEndArray();
            out.writeNumberField("total_jobs", 0);
        }));
    }
}
