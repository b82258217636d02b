package io.lockgrid.http.dapr;

import io.dapr.v1.DaprProtos;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Reply;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a node says of itself, as JSON and as a message. Clients of JavaScript wait for it before their first call. The
 * members are those of the runtime, in its order; there are no actors, and no application.
 */
final class DaprMetadata {
    private static final String TYPE = "lock.lockgrid";
    private static final String VERSION = "v1";

    private final Set<String> stores;
    private final String id;
    private final String version;

    /** @param id what stands in the place of the application's */
    DaprMetadata(Set<String> stores, String id, String version) {
        this.stores = new TreeSet<>(stores);
        this.id = id;
        this.version = version;
    }

    String id() {
        return id;
    }

    Reply reply() {
        return DaprReplies.ok(Json.object(out -> {
            out.writeStringField("id", id);
            out.writeStringField("runtimeVersion", version);
            if (!stores.isEmpty()) {
                out.writeArrayFieldStart("components");
                for (String store : stores) {
                    out.writeStartObject();
                    out.writeStringField("name", store);
                    out.writeStringField("type", TYPE);
                    out.writeStringField("version", VERSION);
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
            out.writeObjectFieldStart("extended");
            out.writeStringField("daprRuntimeVersion", version);
            out.writeEndObject();
            out.writeObjectFieldStart("appConnectionProperties");
            out.writeEndObject();
            out.writeObjectFieldStart("actorRuntime");
            out.writeStringField("runtimeStatus", "DISABLED");
            out.writeBooleanField("hostReady", false);
            out.writeEndObject();
        }));
    }

    DaprProtos.GetMetadataResponse message() {
        DaprProtos.GetMetadataResponse.Builder builder = DaprProtos.GetMetadataResponse.newBuilder()
                .setId(id)
                .setRuntimeVersion(version)
                .putExtendedMetadata("daprRuntimeVersion", version)
                .setAppConnectionProperties(DaprProtos.AppConnectionProperties.getDefaultInstance())
                .setActorRuntime(DaprProtos.ActorRuntime.newBuilder()
                        .setRuntimeStatus(DaprProtos.ActorRuntime.ActorRuntimeStatus.DISABLED));
        for (String store : stores) {
            builder.addRegisteredComponents(DaprProtos.RegisteredComponents.newBuilder()
                    .setName(store)
                    .setType(TYPE)
                    .setVersion(VERSION));
        }
        return builder.build();
    }
}
