package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockgrid.http.ApiDescription.Operation;
import io.lockgrid.testkit.LocalLockService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI document is whole, and true: GoldenTest holds every answer against it as well. */
class OpenApiTest {
    private static final ApiDescription API = ApiDescription.OURS;

    @TestFactory
    Stream<DynamicTest> everyOperationIsServed() {
        return API.operations().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> checkServed(operation)));
    }

    private static void checkServed(Operation operation) throws Exception {
        String line = operation.method() + " " + operation.path().replaceAll("\\{[^}]+}", "x-y");
        try (TestApi api = TestApi.start(new LocalLockService())) {
            RawHttp.Response response = api.send(line, "");
            assertThat(response.status()).as(line).isNotEqualTo(405);
            assertThat(response.body())
                    .as(line)
                    .doesNotContain("Cannot ", "ERR_DIRECT_INVOKE", "no handler found", "nothing is served");
            API.check(line, response);
        }
    }

    /** The OpenAPI fragments of the sfp server 51.9.0: what they name is there, under the same names. */
    @ParameterizedTest
    @CsvSource({
        "MutexController_queueLock, POST, /sfp/api/locks, 201 403",
        "MutexController_getLockStatus, GET, /sfp/api/locks/{repository}/{resource}/{ticketId}, 200 403 404",
        "MutexController_releaseLock, DELETE, /sfp/api/locks/{repository}/{resource}/{ticketId}, 200 403",
        "MutexController_getResourceLocks, GET, /sfp/api/locks/{repository}/{resource}, 200 403",
        "MutexController_clearAllLocks, DELETE, /sfp/api/locks/{repository}/{resource}, 200 403",
        "MutexController_attemptLockAcquisition, POST,"
                + " /sfp/api/locks/{repository}/{resource}/{ticketId}/acquire, 200 403"
    })
    void publishedOperationsAreDescribedAsPublished(String id, String method, String path, String statuses) {
        Operation operation = API.operations().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(operation.method() + " " + operation.path()).isEqualTo(method + " " + path);
        assertThat(operation.node().at("/tags/0").asText()).isEqualTo("Locks");
        assertThat(operation.node().at("/security/0").has("access-token")).isTrue();
        for (String status : statuses.split(" ", -1)) {
            assertThat(operation.node().path("responses").has(status)).isTrue();
        }
        List<String> parameters = new ArrayList<>();
        for (JsonNode node : operation.node().path("parameters")) {
            JsonNode parameter = API.resolve(node);
            if (parameter.path("in").asText().equals("path")) {
                parameters.add("{" + parameter.path("name").asText() + "}");
                assertThat(parameter.path("required").asBoolean()).isTrue();
                assertThat(parameter.at("/schema/type").asText()).isEqualTo("string");
            }
        }
        assertThat(parameters)
                .isEqualTo(Stream.of(path.split("/", -1))
                        .filter(segment -> segment.startsWith("{"))
                        .toList());
    }

    @Test
    void thePublishedMembersOfALockAreThere() {
        JsonNode request = API.document().at("/components/schemas/SfpLockRequest");
        assertThat(request.path("required").toString())
                .isEqualTo("[\"repository\",\"resource\",\"leaseDurationSeconds\"]");
        assertThat(request.at("/properties/leaseDurationSeconds/type").asText()).isEqualTo("number");
        JsonNode lock = API.document().at("/components/schemas/SfpLock/properties");
        assertThat(lock.at("/status/enum").toString()).isEqualTo("[\"queued\",\"acquired\",\"released\"]");
        for (String member : List.of("id", "resource", "ticketId", "queuePosition", "leaseStart")) {
            assertThat(lock.has(member)).as(member).isTrue();
        }
        for (String member : List.of("leaseDurationSeconds", "createdAt", "updatedAt")) {
            assertThat(lock.has(member)).as(member).isTrue();
        }
    }

    @Test
    void everyOperationHasANameOfItsOwn() {
        assertThat(API.operations())
                .extracting(Operation::id)
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
        Set<String> references = new TreeSet<>();
        for (JsonNode reference : API.document().findValues("$ref")) {
            references.add(reference.asText());
        }
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                API.document().at(reference.substring(1)).isMissingNode())
                        .isFalse());
        Set<String> components = new TreeSet<>();
        for (var kind : API.document().path("components").properties()) {
            for (var component : kind.getValue().properties()) {
                components.add("#/components/" + kind.getKey() + "/" + component.getKey());
            }
        }
        components.removeIf(component -> component.startsWith("#/components/securitySchemes/"));
        assertThat(components).isEqualTo(references);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/sfp/apidocs-json"})
    void theDocumentIsServedWithTheVersionOfTheNode(String path) throws Exception {
        try (TestApi api = TestApi.start(new LocalLockService())) {
            RawHttp.Response response = api.send("GET " + path, "");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).contains("application/json");
            assertThat(ApiDescription.parse(response.body())).isEqualTo(API.document());
            assertThat(API.document().at("/info/version").asText()).isEqualTo("1.2.3");
            assertThat(api.send("POST " + path, "").status()).isBetween(404, 405);
        }
    }
}
