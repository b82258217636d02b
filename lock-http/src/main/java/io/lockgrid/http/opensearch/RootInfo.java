package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * What {@code GET /} says, which clients of OpenSearch read to learn what they speak to. The version is that of the
 * API, which appeared with 3.2.0; what is LockGrid's own says so.
 */
final class RootInfo {
    /** The OpenSearch whose API this is. */
    static final String VERSION = "3.2.0";

    private RootInfo() {}

    static Reply reply(String nodeId, String clusterName, String version) {
        return Reply.of(200, OpenSearchReplies.JSON, Json.object(out -> {
            out.writeStringField("name", nodeId);
            out.writeStringField("cluster_name", clusterName);
            out.writeStringField("cluster_uuid", uuid(clusterName));
            out.writeObjectFieldStart("version");
            out.writeStringField("distribution", "opensearch");
            out.writeStringField("number", VERSION);
            out.writeStringField("build_type", "lockgrid");
            out.writeStringField("build_hash", "lockgrid-" + version);
            out.writeStringField("build_date", "unknown");
            out.writeBooleanField("build_snapshot", false);
            out.writeStringField("lucene_version", "10.2.2");
            out.writeStringField("minimum_wire_compatibility_version", "2.19.0");
            out.writeStringField("minimum_index_compatibility_version", "2.0.0");
            out.writeEndObject();
            out.writeStringField("tagline", "The OpenSearch Project: https://opensearch.org/");
        }));
    }

    /** 22 characters, as OpenSearch has them; the same on every node of the cluster. */
    private static String uuid(String clusterName) {
        UUID uuid = UUID.nameUUIDFromBytes(clusterName.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (uuid.getMostSignificantBits() >>> (56 - 8 * i));
            bytes[8 + i] = (byte) (uuid.getLeastSignificantBits() >>> (56 - 8 * i));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
