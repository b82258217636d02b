package io.lockgrid.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Systems of one server, the web server of the JDK or what else a test needs, and clients that write what they like.
 */
@Timeout(60)
class ContestTest {
    private static final String FOUND = """
            {"cyclesPerSecond":250.5,"errors":2,"serverCpuPer100kCycles":12.5,"driverCpuPer100kCycles":3,
            "times":{"cycle":{"p50":1.5,"p99":4.5},"hand-over":{"p50":0.5,"p99":2.5}}}""";

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void whatAClientFoundIsTheResult() throws Exception {
        Contest contest = round(webServer(), writes(FOUND));
        assertThat(contest.results())
                .containsExactly(new Result(
                        1,
                        "it",
                        new Load("own", 4),
                        new Outcome(250.5, new Outcome.Spread(1.5, 4.5), new Outcome.Spread(0.5, 2.5), 12.5, 3, 2)));
        assertThat(contest.failures()).isZero();
    }

    @Test
    void nothingIsLeftOfARound() throws Exception {
        round(webServer(), writes(FOUND));
        assertThat(folder).isEmptyDirectory();
        assertThat(ProcessHandle.current().descendants().filter(ContestTest::isWebServer))
                .isEmpty();
    }

    @Test
    void whatARunThatWasKilledLeftIsRemovedByTheNext() throws Exception {
        long dead = new ProcessBuilder("true").start().onExit().join().pid();
        Files.createDirectories(folder.resolve("run-" + dead).resolve("servers"));
        Files.createDirectories(folder.resolve("run-1"));
        new Processes(folder).close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("run-1"));
        }
    }

    @Test
    void anotherServerAtThePortIsNotMeasured() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Contest contest = round(system(stranger.getLocalPort(), List.of("sleep", "60")), writes(FOUND));
            assertThat(contest.results()).isEmpty();
        }
        assertThat(said.toString())
                .matches("(?s)round 1  it +FAILED: server s1 is process \\d+, but at its port listens \\["
                        + ProcessHandle.current().pid() + "].*");
    }

    @Test
    void aServerThatEndsIsSaidWithItsLastWords() throws Exception {
        Contest contest = round(system(1, List.of("sh", "-c", "echo no disk")), writes(FOUND));
        assertThat(contest.failures()).isOne();
        assertThat(said.toString()).contains("FAILED: server s1 ended at once; it said last: no disk");
    }

    @Test
    void aServerThatDiedUnderTheLoadIsSaid() throws Exception {
        String kill = "kill -9 $(echo \"$*\" | sed 's/.*--pid \\([0-9]*\\).*/\\1/'); ";
        Contest contest = round(webServer(), script(kill + write(FOUND)));
        assertThat(contest.failures()).isOne();
        assertThat(said.toString()).contains("FAILED: server s1 has ended with 137");
    }

    @Test
    void aClientThatFindsNothingIsSaidWithItsLastWords() throws Exception {
        Contest contest = round(webServer(), script("echo refused; exit 1"));
        assertThat(contest.results()).isEmpty();
        assertThat(said.toString()).contains("FAILED: own 4: the client ended without a result; it said last: refused");
    }

    @Test
    void aLoadUnderWhichNothingWasDoneIsNoResult() throws Exception {
        Contest contest = round(webServer(), writes("{\"cyclesPerSecond\":0,\"errors\":0}"));
        assertThat(contest.results()).isEmpty();
        assertThat(said.toString()).contains("FAILED: own 4: no cycle came to an end");
    }

    /** The one peer whose client needs no library. */
    @Test
    void etcdIsMeasured() throws Exception {
        var etcd = new Etcd();
        assumeThat(etcd.lack()).as("what is missing").isEmpty();
        Contest contest = round(etcd, new HttpDriver("etcd", "etcd"), new Times(4, 2));
        assertThat(said.toString()).doesNotContain("FAILED");
        Outcome outcome = contest.results().getFirst().outcome();
        assertThat(outcome.perSecond()).isPositive();
        assertThat(outcome.serverCpu()).isPositive();
        assertThat(outcome.errors()).isZero();
    }

    private Contest round(LockSystem system, LoadClient client) throws Exception {
        return round(system, client, new Times(0, 1));
    }

    private Contest round(LockSystem system, LoadClient client, Times times) throws Exception {
        var contender = new Contender("it", "It", system, client, Set.of(Load.OWN));
        List<Load> loads = List.of(new Load(Load.OWN, 4), new Load(Load.HOT, 4));
        try (var processes = new Processes(folder)) {
            var contest = new Contest(List.of(contender), loads, times, processes, new PrintWriter(said));
            contest.round(1);
            return contest;
        }
    }

    private static LockSystem webServer() throws IOException {
        int port = FreePorts.take(1).getFirst();
        return system(
                port, Commands.javaServer("-m", "jdk.httpserver", "-b", "127.0.0.1", "-p", Integer.toString(port)));
    }

    private static boolean isWebServer(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("jdk.httpserver");
    }

    private static LockSystem system(int port, List<String> command) {
        return new LockSystem() {
            @Override
            public Optional<String> lack() {
                return Optional.empty();
            }

            @Override
            public String title() {
                return "it";
            }

            @Override
            public List<Server> servers(Path folder) {
                return List.of(new Server("s1", port, command));
            }

            @Override
            public boolean isReady(Server server, String said) throws IOException {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    return socket.isConnected();
                }
            }
        };
    }

    private static LoadClient writes(String found) {
        return script(write(found));
    }

    /** Writes to the file that the last argument names. */
    private static String write(String found) {
        return "for last; do :; done; printf '%s' '" + found + "' >\"$last\"";
    }

    private static LoadClient script(String script) {
        return new LoadClient() {
            @Override
            public Optional<String> lack() {
                return Optional.empty();
            }

            @Override
            public List<String> command(RunningSystem servers, Load load) {
                return List.of("sh", "-c", script, "client");
            }
        };
    }
}
