package io.lockgrid.http.dapr;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dapr.v1.DaprProtos.ActorRuntime;
import io.dapr.v1.DaprProtos.AppConnectionProperties;
import io.dapr.v1.DaprProtos.GetMetadataResponse;
import io.dapr.v1.DaprProtos.RegisteredComponents;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node says of itself, as JSON and as a message. Clients of JavaScript wait for it before their first call. The
 * members are those of the runtime, in its order; there are no actors, and no application.
 *
 * <p>Clients may add to it, as they may to that of a sidecar: for this node, until it ends, within bounds.
 */
final class DaprMetadata {
    /** Most entries that clients may add. */
    static final int ENTRIES_MAX = 64;

    /** Longest value of one, in bytes. */
    static final int VALUE_BYTES_MAX = 4096;

    private static final String RUNTIME_VERSION = "daprRuntimeVersion";
    private static final String COMPONENT_TYPE = "lock.lockgrid";
    private static final String COMPONENT_VERSION = "v1";

    private final Set<String> stores;
    private final String id;
    private final String version;
    private final Map<String, String> added;

    /**
     * Makes that of one event loop.
     *
     * @param id what stands in the place of the application's
     * @param added by clients; all event loops have the same
     */
    DaprMetadata(Set<String> stores, String id, String version, Map<String, String> added) {
        this.stores = new TreeSet<>(stores);
        this.id = id;
        this.version = version;
        this.added = added;
    }

    String id() {
        return id;
    }

    /** Adds or replaces an entry; an empty key adds nothing, as in the runtime. */
    void put(String key, String value) {
        if (key.isEmpty()) {
            return;
        }
        boolean fits = Limits.isName(key) && value.getBytes(StandardCharsets.UTF_8).length <= VALUE_BYTES_MAX;
        if (!fits || (added.size() >= ENTRIES_MAX && !added.containsKey(key))) {
            throw DaprError.malformed("there is room for " + ENTRIES_MAX + " entries of metadata, with keys of "
                    + Limits.NAME_BYTES_MAX + " bytes and values of " + VALUE_BYTES_MAX);
        }
        added.put(key, value);
    }

    private SortedMap<String, String> extended() {
        SortedMap<String, String> all = new TreeMap<>(added);
        all.put(RUNTIME_VERSION, version);
        return all;
    }

    Reply reply() {
        return DaprReplies.ok(Json.object(out -> {
            out.writeStringField("id", id);
            out.writeStringField("runtimeVersion", version);
            if (!stores.isEmpty()) {
                out.writeArrayFieldStart("components");
                for (String store : stores) {
                    writeStore(out, store);
                }
                out.writeEndArray();
            }
            out.writeObjectFieldStart("extended");
            for (Map.Entry<String, String> entry : extended().entrySet()) {
                out.writeStringField(entry.getKey(), entry.getValue());
            }
            out.writeEndObject();
            out.writeObjectFieldStart("appConnectionProperties");
            out.writeEndObject();
            out.writeObjectFieldStart("actorRuntime");
            out.writeStringField("runtimeStatus", "DISABLED");
            out.writeBooleanField("hostReady", false);
            out.writeEndObject();
        }));
    }

    private static void writeStore(JsonGenerator out, String store) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", store);
        out.writeStringField("type", COMPONENT_TYPE);
        out.writeStringField("version", COMPONENT_VERSION);
        out.writeEndObject();
    }

    GetMetadataResponse message() {
        GetMetadataResponse.Builder builder = GetMetadataResponse.newBuilder()
                .setId(id)
                .setRuntimeVersion(version)
                .putAllExtendedMetadata(extended())
                .setAppConnectionProperties(AppConnectionProperties.getDefaultInstance())
                .setActorRuntime(ActorRuntime.newBuilder().setRuntimeStatus(ActorRuntime.ActorRuntimeStatus.DISABLED));
        for (String store : stores) {
            builder.addRegisteredComponents(RegisteredComponents.newBuilder()
                    .setName(store)
                    .setType(COMPONENT_TYPE)
                    .setVersion(COMPONENT_VERSION));
        }
        return builder.build();
    }
}
