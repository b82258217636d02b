package io.lockgrid.http.dapr;

import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Reply;
import java.util.Set;
import java.util.TreeSet;

/** What {@code /v1.0/metadata} says; clients of JavaScript wait for it to have a body. Empty members are left out. */
final class DaprMetadata {
    private DaprMetadata() {}

    static Reply reply(Set<String> stores, String clusterName, String version) {
        return DaprReplies.ok(Json.object(out -> {
            out.writeStringField("id", clusterName);
            out.writeStringField("runtimeVersion", version);
            if (!stores.isEmpty()) {
                out.writeArrayFieldStart("components");
                for (String store : new TreeSet<>(stores)) {
                    out.writeStartObject();
                    out.writeStringField("name", store);
                    out.writeStringField("type", "lock.lockgrid");
                    out.writeStringField("version", "v1");
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
            out.writeObjectFieldStart("extended");
            out.writeStringField("daprRuntimeVersion", version);
            out.writeEndObject();
        }));
    }
}
