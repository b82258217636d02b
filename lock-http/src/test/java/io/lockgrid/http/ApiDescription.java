package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import io.lockgrid.http.openapi.OpenApiDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our OpenAPI document, as a judge of what is served. */
final class ApiDescription {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V4,
            builder -> builder.metaSchema(OpenApi30.getInstance())
                    .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));

    static final ApiDescription OURS =
            new ApiDescription(OpenApiDocument.reply("1.2.3").body().toString());

    private final JsonNode document;

    private ApiDescription(String text) {
        this.document = parse(text);
    }

    /** One method of one path; {@code method} in upper case. */
    record Operation(String path, String method, JsonNode node) {
        String id() {
            return node.path("operationId").asText();
        }

        private boolean serves(String actualMethod, String actualPath) {
            String pattern = Stream.of(path.split("/", -1))
                    .map(segment -> segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment))
                    .collect(Collectors.joining("/"));
            return method.equals(actualMethod) && Pattern.matches("(?i)" + pattern, actualPath);
        }
    }

    JsonNode document() {
        return document;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                String upper = method.getKey().toUpperCase(Locale.ROOT);
                operations.add(new Operation(path.getKey(), upper, method.getValue()));
            }
        }
        return operations;
    }

    /** What a reference in the document leads to; a node that is none is itself. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /**
     * Fails if the document does not foresee the response: a success needs an operation, and an operation its status,
     * its content type, and a body that fits the schema.
     *
     * @param requestLine method and target
     */
    void check(String requestLine, RawHttp.Response response) {
        String method = requestLine.substring(0, requestLine.indexOf(' '));
        String path = requestLine.substring(method.length() + 1).replaceFirst("\\?.*", "");
        if (method.equals("HEAD") || method.equals("OPTIONS")) {
            return;
        }
        boolean isSuccess = response.status() < 300;
        Optional<Operation> found =
                find(method, path).or(() -> isSuccess ? find(method, tidied(path)) : Optional.empty());
        if (found.isEmpty()) {
            assertThat(response.status())
                    .as(requestLine + " is answered, but not described in the OpenAPI document")
                    .isBetween(400, 499);
            return;
        }
        JsonNode responses = found.get().node().path("responses");
        String status = Integer.toString(response.status());
        assertThat(responses.has(status))
                .as("the status " + status + " of " + requestLine + " is described")
                .isTrue();
        checkContent(requestLine, resolve(responses.get(status)).path("content"), response);
    }

    private void checkContent(String requestLine, JsonNode content, RawHttp.Response response) {
        if (response.body().isEmpty()) {
            return;
        }
        String type = response.header("Content-Type").orElse("").replaceFirst(";.*", "");
        assertThat(content.has(type))
                .as("the type " + type + " of " + requestLine + ", answered " + response.status() + ", is described")
                .isTrue();
        if (type.endsWith("json")) {
            assertThat(schema(content.get(type).path("schema")).validate(parse(response.body())))
                    .as(requestLine + " was answered " + response.status() + "\n" + response.body())
                    .isEmpty();
        }
    }

    /** The schema, with what it may refer to beside it. */
    private JsonSchema schema(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        return SCHEMAS.getSchema(whole.set("components", document.get("components")));
    }

    private Optional<Operation> find(String method, String path) {
        return operations().stream()
                .filter(operation -> operation.serves(method, path))
                .findFirst();
    }

    /** As the Dapr runtime does before it routes; the others overlook a slash at the end. */
    private static String tidied(String path) {
        return path.replaceAll("//+", "/")
                .replaceAll("/\\.(?=/)", "")
                .replaceAll("/[^/]+/\\.\\.(?=/)", "")
                .replaceFirst("(?<=.)/$", "");
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
