package io.lockgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.lockgrid.testkit.tls.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lockgrid status} against servers that answer as nodes do, or do not. */
class StatusCommandTest {
    private static final String LEADER = """
            {"node":"n1","role":"leader","leader":"n1","term":3,"appliedIndex":42,"ready":true,"notReady":null,
             "locksHeld":5,"waiters":2}""";
    private static final String FOLLOWER = """
            {"node":"n2","role":"follower","leader":"n1","term":3,"appliedIndex":41,"ready":true,"notReady":null,
             "locksHeld":4,"waiters":1}""";
    private static final String CUT_OFF = """
            {"node":"n3","role":"candidate","leader":null,"term":9,"appliedIndex":40,"ready":false,
             "notReady":"no leader is known","locksHeld":3,"waiters":0}""";

    @TempDir
    private Path folder;

    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void gridThatServesIsATableAndALine() throws IOException {
        String leader = node(LEADER);
        String follower = node(FOLLOWER);
        String cutOff = node(CUT_OFF);
        Called called = Called.with("status", "--nodes", String.join(",", leader, follower, cutOff));
        assertThat(called.code()).isZero();
        assertThat(called.out().lines())
                .containsExactly(
                        "NODE  ROLE       LEADER  TERM  APPLIED  HELD  WAITERS  READY  ADDRESS",
                        "n1    leader     n1      3     42       5     2        yes    " + leader,
                        "n2    follower   n1      3     41       4     1        yes    " + follower,
                        "n3    candidate  -       9     40       3     0        no     " + cutOff,
                        "",
                        "n3 is not ready: no leader is known",
                        "n1 leads in term 3, locks held: 5, waiters: 2, nodes ready: 2 of 3.");
    }

    @Test
    void minorityThatIsReadyIsAFailure() throws IOException {
        String leader = node(LEADER);
        String gone = "http://127.0.0.1:" + freePort();
        String cutOff = node(CUT_OFF);
        Called called = Called.with("status", "--nodes", String.join(",", leader, gone, cutOff));
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.out())
                .contains("?     no answer")
                .contains(gone + " does not answer: nothing listens there")
                .contains("nodes ready: 1 of 3; 2 are needed.");
    }

    @Test
    void nodeThatHangsIsNotWaitedForLong() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String hanging = "http://127.0.0.1:" + silent.getLocalPort();
            Called called = Called.with("status", "--nodes", hanging);
            assertThat(called.code()).isEqualTo(1);
            assertThat(called.out()).contains(hanging + " does not answer: no answer within 2 s");
        }
    }

    @Test
    void somethingElseOnThePortIsToldFromANode() throws IOException {
        String stranger = server(404, "not found");
        String chatty = server(200, "<html>");
        Called called = Called.with("status", "--nodes", stranger + "," + chatty);
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.out())
                .contains(stranger + " does not answer: it answers 404, so it is not a node")
                .contains(chatty + " does not answer: its answer is not a node's");
    }

    @Test
    void hostThatIsNotKnownIsSaidToBe() {
        assertThat(Called.with("status", "--nodes", "no.invalid:1").out()).contains("its host is not known here");
    }

    @Test
    void jsonHasTheWholeAndEachNode() throws IOException {
        String leader = node(LEADER);
        String gone = "http://127.0.0.1:" + freePort();
        Called called = Called.with("status", "--json", "--nodes", leader + "," + gone);
        assertThat(called.code()).isEqualTo(1);
        var json = JsonMapper.builder().build().readTree(called.out());
        assertThat(json.path("serving").asBoolean()).isFalse();
        assertThat(json.path("leader").asText()).isEqualTo("n1");
        assertThat(json.path("locksHeld").asInt()).isEqualTo(5);
        assertThat(json.path("nodesReady").asInt()).isEqualTo(1);
        assertThat(json.path("quorum").asInt()).isEqualTo(2);
        assertThat(json.at("/nodes/0/status/appliedIndex").asInt()).isEqualTo(42);
        assertThat(json.at("/nodes/1/answers").asBoolean()).isFalse();
        assertThat(json.at("/nodes/1/why").asText()).isEqualTo("nothing listens there");
    }

    @Test
    void nodesOverTlsAreAskedByThoseWhoTrustTheirAuthority() throws IOException {
        TestAuthority authority = new TestAuthority("grid");
        String trusted = authority.write(folder, "ca").toString();
        String node = tlsNode(LEADER, authority);
        Called called = Called.with("status", "--nodes", node, "--tls-ca", trusted);
        assertThat(called.out()).contains("n1 leads in term 3");
        assertThat(called.code()).isZero();
        assertThat(Called.with("status", "--nodes", node).out())
                .contains(node + " does not answer: its certificate is of an authority that is not trusted (--tls-ca)");
    }

    @Test
    void certificateOfTheCallerNeedsItsKey() {
        Called called = Called.with("status", "--tls-cert", "a.crt");
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.errorLines())
                .first()
                .isEqualTo("lockgrid: a certificate is of no use without its key; give both or neither (--tls-ca,"
                        + " --tls-cert, --tls-key)");
    }

    @Test
    void ofTwoThatSayTheyLeadTheLaterOneCounts() throws IOException {
        String old = node(LEADER);
        String late = node(LEADER.replace("n1", "n2").replace("\"term\":3", "\"term\":4"));
        assertThat(Called.with("status", "--nodes", old + "," + late).out()).contains("n2 leads in term 4");
    }

    @Test
    void addressesCanComeFromAVariableAndWithoutScheme() throws IOException {
        String address = node(LEADER).replace("http://", "");
        Called called = Called.in(Map.of("LOCKGRID_NODES", address + " , " + address), "status");
        assertThat(called.code()).isZero();
        assertThat(called.out()).contains("nodes ready: 1 of 1.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h:1", "http://", "a b"})
    void whatIsNoAddressIsOneLine(String text) {
        Called called = Called.with("status", "--nodes", text);
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.errorLines())
                .containsExactly(
                        "lockgrid: \"" + text + "\" is not the address of a node; write --nodes"
                                + " http://host1:7701,http://host2:7701",
                        "Try: lockgrid status --help");
    }

    private String node(String status) throws IOException {
        return server(200, status);
    }

    private String tlsNode(String status, TestAuthority authority) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.trusting(authority.issue("n1"))));
        return serve(server, 200, status).replace("http://127.0.0.1", "https://localhost");
    }

    private String server(int code, String body) throws IOException {
        return serve(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), code, body);
    }

    private String serve(HttpServer server, int code, String body) {
        server.createContext("/v1/status", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
