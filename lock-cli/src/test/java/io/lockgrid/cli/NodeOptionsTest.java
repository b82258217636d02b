package io.lockgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.http.HttpLimits;
import io.lockgrid.http.HttpTimeouts;
import io.lockgrid.http.tls.TlsFiles;
import io.lockgrid.node.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of {@code lockgrid node}: where their values come from, and what is said of wrong ones. */
class NodeOptionsTest {
    private static final List<String> NEEDED = List.of("node", "--id=n1", "--peers=n1=127.0.0.1:7801", "--data=data");

    @TempDir
    private Path folder;

    @Test
    void defaultsAreThoseOfTheHelp() {
        NodeConfig config = config(Map.of());
        assertThat(config.id()).isEqualTo("n1");
        assertThat(config.peers()).hasToString("n1=127.0.0.1:7801");
        assertThat(config.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(7701);
        assertThat(config.http().clusterName()).isEqualTo("lockgrid");
        assertThat(config.http().leaseMax()).isEqualTo(Duration.ofHours(24));
        assertThat(config.http().daprStores().names()).isEmpty();
        assertThat(config.http().daprStores().keyPrefix()).hasToString("name");
        assertThat(config.http().waitersPerLock()).isEqualTo(50_000);
        assertThat(config.http().access().isOpen()).isTrue();
        assertThat(config.http().access().limiter()).isEmpty();
        assertThat(config.http().eventLoops()).isEqualTo(2);
        assertThat(config.http().bodyBytesMax()).isEqualTo(4 << 20);
        assertThat(config.http().tls()).isNull();
        assertThat(config.http().limits()).isEqualTo(HttpLimits.DEFAULT);
        assertThat(config.http().timeouts()).isEqualTo(HttpTimeouts.DEFAULT);
        assertThat(config.peerTls()).isNull();
        assertThat(config.peersInPlainText()).isFalse();
        assertThat(config.electionTimeout()).isEqualTo(NodeConfig.ELECTION_TIMEOUT);
        assertThat(config.snapshotEntries()).isEqualTo(NodeConfig.SNAPSHOT_ENTRIES);
        assertThat(config.logKeptEntries()).isEqualTo(NodeConfig.LOG_KEPT_ENTRIES);
    }

    @Test
    void everyOptionReachesTheNode() {
        NodeConfig config = config(
                Map.of(),
                "--http-host=localhost",
                "--http-port=0",
                "--cluster-name=blue",
                "--lease-max=90m",
                "--dapr-stores=a,b",
                "--dapr-key-prefix=appid",
                "--waiters-per-lock=3",
                "--requests-per-second=5",
                "--http-nodes=n1=one.example:80",
                "--election-timeout=1s",
                "--snapshot-entries=7",
                "--log-kept-entries=0",
                "--tls-cert=a.crt",
                "--tls-key=a.key",
                "--tls-client-ca=ca.crt",
                "--peer-tls-cert=p.crt",
                "--peer-tls-key=p.key",
                "--peer-tls-ca=peers.crt",
                "--peer-tls=off",
                "--connections-max=4",
                "--header-bytes-max=5000",
                "--url-bytes-max=6000",
                "--streams-max=7",
                "--requests-in-flight-max=8",
                "--head-timeout=1s",
                "--body-timeout=2s",
                "--idle-timeout=3s",
                "--event-loops=3",
                "--body-bytes-max=2048");
        assertThat(config.http().host()).isEqualTo("localhost");
        assertThat(config.http().port()).isZero();
        assertThat(config.http().clusterName()).isEqualTo("blue");
        assertThat(config.http().leaseMax()).isEqualTo(Duration.ofMinutes(90));
        assertThat(config.http().daprStores().names()).containsExactlyInAnyOrder("a", "b");
        assertThat(config.http().daprStores().keyPrefix()).hasToString("appid");
        assertThat(config.http().tls()).isEqualTo(new TlsFiles(Path.of("a.crt"), Path.of("a.key"), Path.of("ca.crt")));
        assertThat(config.peerTls()).isEqualTo(new TlsFiles(Path.of("p.crt"), Path.of("p.key"), Path.of("peers.crt")));
        assertThat(config.peersInPlainText()).isTrue();
        assertThat(config.http().limits()).isEqualTo(new HttpLimits(4, 5000, 6000, 7, 8));
        assertThat(config.http().timeouts())
                .isEqualTo(
                        HttpTimeouts.DEFAULT.with(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
        assertThat(config.http().httpNodes()).containsExactly(Map.entry("n1", "one.example:80"));
        assertThat(config.electionTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.snapshotEntries()).isEqualTo(7);
        assertThat(config.logKeptEntries()).isZero();
        assertThat(config.http().waitersPerLock()).isEqualTo(3);
        assertThat(config.http().access().limiter().orElseThrow().policy()).contains("q=5");
        assertThat(config.http().eventLoops()).isEqualTo(3);
        assertThat(config.http().bodyBytesMax()).isEqualTo(2048);
    }

    @Test
    void flagComesBeforeVariableBeforeFileBeforeDefault() throws IOException {
        var file = "--config=" + file("http-port=1", "lease-max = 1s ", "event-loops=5");
        var variables = Map.of("LOCKGRID_HTTP_PORT", "2", "LOCKGRID_LEASE_MAX", "2s");
        NodeConfig config = config(variables, file, "--http-port=3");
        assertThat(config.http().port()).isEqualTo(3);
        assertThat(config.http().leaseMax()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.http().eventLoops()).isEqualTo(5);
        assertThat(config.http().bodyBytesMax()).isEqualTo(4 << 20);
    }

    @Test
    void fileCanBeNamedByAVariableAndHoldWhatIsRequired() throws IOException {
        Path file = file("id=n1", "peers=n1=127.0.0.1:7801", "data=data", "dapr-stores=a,b");
        NodeConfig config = parse(Map.of("LOCKGRID_CONFIG", file.toString()), List.of("node"));
        assertThat(config.id()).isEqualTo("n1");
        assertThat(config.http().daprStores().names()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void emptyVariableIsNotSet() {
        assertThat(config(Map.of("LOCKGRID_HTTP_PORT", "")).http().port()).isEqualTo(7701);
    }

    @Test
    void badVariableBehindAGoodFlagDoesNotMatter() {
        assertThat(config(Map.of("LOCKGRID_HTTP_PORT", "x"), "--http-port=9")
                        .http()
                        .port())
                .isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --http-port=x         | Invalid value for option '--http-port': 'x' is not an int
                    --lease-max=5         | Invalid value for option '--lease-max': "5" is not a length of time; write
                    --lease-max=-5s       | Invalid value for option '--lease-max': "-5s" is not a length of time; write
                    --snapshot-entries=1k | Invalid value for option '--snapshot-entries': '1k' is not a long
                    --prot=1              | Unknown option: '--prot=1'
                    stray                 | Unmatched argument at index 4: 'stray'
                    --config=no/such      | there is no file no/such (--config)
                    """)
    void wrongCallIsOneLineAndAHint(String argument, String line) {
        Called called = Called.with(with(argument));
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.errorLines()).hasSize(2).first().asString().startsWith("lockgrid: " + line);
        assertThat(called.errorLines().getLast())
                .matches("Try: lockgrid node --help|Did you mean: .*|Possible solutions: .*");
        assertThat(called.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --http-host=0.0.0.0    | the HTTP address 0.0.0.0 can be reached from other machines
                    --http-host=no.invalid | the HTTP address "no.invalid" is not known here; give --http-host
                    --http-port=65536      | a port is 0 to 65535
                    --event-loops=0        | there are 1 to 64 event loops
                    --body-bytes-max=1     | the longest body has at least 1024 bytes
                    --lease-max=0s         | the longest lease has 1 to 2199023255552 ms
                    --election-timeout=1ms | an election timeout has 200 ms to 60 s, not 1 ms
                    --snapshot-entries=0   | snapshots need at least one entry between them, and no negative log behind
                    --auth=off             | "off" is no mode of authentication; --auth is open, token or jwt
                    --auth=token           | mode token needs an owner token, without which no access token could
                    --auth=jwt             | mode jwt needs one key, not 0; set one of --jwt-secret-file, --jwt-public
                    --owner-token-file=f   | an owner token has no effect in mode open; set --auth token, or leave
                    --jwt-jwks=f           | a key of JWTs has an effect in mode jwt only; set --auth jwt, or leave
                    --waiters-per-lock=0   | a lock has 1 to 50000 waiters, not 0
                    --requests-per-second=-1 | a caller has 1 to 1000000 requests a second, or 0 for any number
                    --jwt-clock-skew=301s  | the clock skew of JWTs is 0s to 5m, not 301s
                    --tls-cert=a.crt       | TLS needs a certificate and its key; give both --tls-cert and --tls-key
                    --tls-client-ca=a.crt  | TLS needs a certificate and its key; give both --tls-cert and --tls-key
                    --peer-tls-key=p.key   | TLS between nodes needs three files; give --peer-tls-cert, --peer-tls-key
                    --connections-max=0    | at least 1 connection must be allowed
                    --header-bytes-max=1   | the header fields of a request have 1024 to 1048576 bytes at most
                    --url-bytes-max=1      | the URL of a request has 1024 to 1048576 bytes at most
                    --streams-max=0        | a connection has 1 to 100000 requests in flight at most
                    --requests-in-flight-max=0 | at least 1 request in flight must be allowed
                    --head-timeout=0s      | a timeout has at least 1 ms, not PT0S
                    --http-nodes=n2=h:1    | --http-nodes names other nodes ([n2]) than --peers ([n1])
                    --http-nodes=n1=h      | "n1=h" is not the address of a node; write --http-nodes n1=host1:7801
                    --cluster-name=a b     | "a b" is not a cluster name; use 1 to 64 letters, digits, dots, dashes
                    """)
    void whatANodeCannotStartWithIsOneLine(String argument, String line) {
        assertRefused(line, with(argument));
    }

    @Test
    void wrongPeersAreOneLine() {
        assertRefused(
                "\"n1=h\" is not the address of a node; write --peers n1=host1:7801,n2=host2:7801,n3=host3:7801",
                "node",
                "--id=n1",
                "--data=data",
                "--peers=n1=h");
        assertRefused(
                "node n1 is not in the list of peers (n2=h:1); give --peers the same list",
                "node",
                "--id=n1",
                "--data=data",
                "--peers=n2=h:1");
    }

    @Test
    void peersOfOtherMachinesNeedCertificatesOrTheWordThatTheyDoNot() {
        String[] call = {"node", "--id=n1", "--data=data", "--peers=n1=127.0.0.1:1,n2=host2:1"};
        assertRefused("some peers are on other machines (n1=127.0.0.1:1,n2=host2:1), and in plain text", call);
        List<String> off = new ArrayList<>(List.of(call));
        off.add("--peer-tls=off");
        assertThat(parse(Map.of(), off).peersInPlainText()).isTrue();
    }

    private static void assertRefused(String line, String... arguments) {
        Called called = Called.with(arguments);
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.errorLines()).hasSize(1).first().asString().startsWith("lockgrid: " + line);
        assertThat(called.out()).isEmpty();
    }

    @Test
    void addressThatOthersReachNeedsAuthentication() throws IOException {
        String token = "--owner-token-file=" + Files.writeString(folder.resolve("owner"), "0123456789abcdef");
        assertThat(config(Map.of(), "--http-host=0.0.0.0", "--auth=token", token)
                        .http()
                        .access()
                        .isOpen())
                .isFalse();
    }

    @Test
    void fileWithoutASecretIsOneLineThatDoesNotShowIt() throws IOException {
        Path file = Files.writeString(folder.resolve("owner"), "short-secret");
        Called called = Called.with(with("--auth=token", "--owner-token-file=" + file));
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.errorLines()).hasSize(1).first().asString().contains(file.toString(), "no owner token");
        assertThat(called.errorLines().getFirst()).doesNotContain("short-secret");
    }

    @Test
    void missingOptionsAreAllNamed() {
        Called called = Called.with("node");
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.errorLines().getFirst()).contains("--id", "--peers", "--data");
    }

    @Test
    void badValueSaysWhereItComesFrom() throws IOException {
        assertThat(Called.in(Map.of("LOCKGRID_HTTP_PORT", "x"), with())
                        .errorLines()
                        .getFirst())
                .endsWith("'x' is not an int (from the variable LOCKGRID_HTTP_PORT)");
        Path file = file("http-port=x");
        assertThat(Called.with(with("--config=" + file)).errorLines().getFirst())
                .endsWith("'x' is not an int (from " + file + ")");
        assertThat(Called.in(Map.of("LOCKGRID_HTTP_PORT", "1"), with("--http-port=x"))
                        .errorLines()
                        .getFirst())
                .endsWith("'x' is not an int");
    }

    @Test
    void fileWithAnUnknownKeyIsRefused() throws IOException {
        Path file = file("http-prot=1");
        assertThat(Called.with(with("--config=" + file)).errorLines())
                .first()
                .isEqualTo(
                        "lockgrid: the file " + file + " (--config) sets \"http-prot\", which is not an option there");
    }

    @Test
    void dataFolderOfSomethingElseIsRefused() throws IOException {
        Files.writeString(folder.resolve("photo.jpg"), "");
        Called called = Called.with(
                "node", "--id=n1", "--peers=n1=127.0.0.1:1", "--http-port=0", "--data=" + folder.toAbsolutePath());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.errorLines()).hasSize(1).first().asString().contains("is not a node's: it holds photo.jpg");
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("lockgrid.properties"), List.of(lines));
    }

    private static NodeConfig config(Map<String, String> environment, String... more) {
        return parse(environment, List.of(with(more)));
    }

    private static String[] with(String... more) {
        List<String> all = new ArrayList<>(NEEDED);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static NodeConfig parse(Map<String, String> environment, List<String> arguments) {
        var parsed = Main.commandLine(environment).parseArgs(arguments.toArray(String[]::new));
        NodeCommand command = (NodeCommand) parsed.subcommand().commandSpec().userObject();
        return command.config();
    }
}
