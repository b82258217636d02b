package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.LocalLockService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients of OpenSearch learn of the cluster behind the node they ask. */
class OpenSearchClusterTest {
    private final LocalLockService locks = new LocalLockService();
    private TestApi api;

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({"3,3,green,3,true", "3,2,yellow,2,true", "5,2,red,2,true", "3,0,red,1,false", "2,1,red,1,true"})
    void theHealthIsThatOfTheQuorum(int nodes, int reachable, String status, int shown, boolean isLed)
            throws Exception {
        api = TestApi.start(locks);
        locks.members(nodes, reachable);
        RawHttp.Response health = api.send("GET /_cluster/health", "");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body())
                .contains("\"status\":\"" + status + "\",\"timed_out\":false,\"number_of_nodes\":" + shown + ",")
                .contains("\"discovered_cluster_manager\":" + isLed + ",");
    }

    @Test
    void whoWaitsForAHealthyClusterIsAnsweredWhenItIs() throws Exception {
        api = TestApi.start(locks);
        locks.members(3, 2);
        try (RawHttp http = api.connect();
                RawHttp other = api.connect()) {
            http.request("GET /_cluster/health?wait_for_status=green&timeout=20s", List.of(), new byte[0]);
            // Answered after the first look at what the other waits for.
            assertThat(other.request("GET /_cluster/health?wait_for_status=green&timeout=1ms", List.of(), new byte[0])
                            .response()
                            .status())
                    .isEqualTo(408);
            locks.members(3, 3);
            RawHttp.Response healthy = http.response();
            assertThat(healthy.status()).isEqualTo(200);
            assertThat(healthy.body()).contains("\"status\":\"green\",\"timed_out\":false,");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3%3D | 400
                    3 | 200
                    2 | 408
                    %3E%3D3 | 200
                    %3E3 | 408
                    %3C%3D3 | 200
                    %3C3 | 408
                    ge(3) | 200
                    gt(3) | 408
                    le(2) | 408
                    lt(4) | 200
                    ge(3 | 400
                    """)
    void aNumberOfNodesIsWaitedForInEveryForm(String wanted, int status) throws Exception {
        api = TestApi.start(locks);
        locks.members(3, 3);
        assertThat(api.send("GET /_cluster/health?timeout=0&wait_for_nodes=" + wanted, "")
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/_nodes/_all/http", "/_nodes/http"})
    void aClientThatLooksForNodesFindsEachOfThem(String path) throws Exception {
        api = TestApi.start(
                TestApi.CONFIG.withHttpNodes(Map.of("n2", "two.example:9200", "n1", "one.example:9200")), locks);
        RawHttp.Response found = api.send("GET " + path, "");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body())
                .isEqualTo("{\"_nodes\":{\"total\":2,\"successful\":2,\"failed\":0},\"cluster_name\":\"lockgrid\","
                        + "\"nodes\":{" + node("n1", "one.example:9200") + "," + node("n2", "two.example:9200") + "}}");
    }

    private static String node(String id, String address) {
        return "\"" + id + "\":{\"name\":\"" + id + "\",\"version\":\"3.2.0\",\"roles\":[\"cluster_manager\",\"data\"],"
                + "\"http\":{\"bound_address\":[\"" + address + "\"],\"publish_address\":\"" + address + "\"}}";
    }
}
