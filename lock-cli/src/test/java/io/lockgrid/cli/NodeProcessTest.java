package io.lockgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code lockgrid node} as the process that an operator runs. */
@Tag("cluster")
@Timeout(120)
class NodeProcessTest {
    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();
    private int raftPort;

    @BeforeEach
    void choosePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            raftPort = socket.getLocalPort();
        }
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void nodeThatIsToldToEndStopsCleanlyAndEndsWithZero() throws Exception {
        Process node = node("data");
        assertThat(firstLine(node)).matches("node n1 of lockgrid serves http://127\\.0\\.0\\.1:\\d+");
        node.destroy();
        assertThat(node.waitFor()).isZero();
        assertThat(errors()).contains("node stopped").doesNotContain(" ERROR ");
    }

    @Test
    void linesThatBypassTheLogAreNone() throws Exception {
        firstLine(node("data"));
        // As java.util.logging, SLF4J and the JVM would write them.
        assertThat(errors().lines()).noneMatch(line -> line.matches("(INFO|WARNING|SLF4J|OpenJDK)\\b.*"));
    }

    @Test
    void secondNodeOnTheSameDataIsRefusedInALine() throws Exception {
        firstLine(node("data"));
        Process second = node("data");
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(errors()).contains("lockgrid: the data folder " + folder.resolve("data") + " is in use");
    }

    @Test
    void httpPortThatIsTakenIsRefusedInALine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process node = node("data", "--http-port=" + taken.getLocalPort());
            assertThat(node.waitFor()).isEqualTo(1);
            assertThat(errors().lines().filter(line -> line.startsWith("lockgrid: ")))
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1:" + taken.getLocalPort() + " cannot be listened on");
        }
    }

    @Test
    void raftPortThatIsTakenIsRefusedInALine() throws Exception {
        try (ServerSocket taken = new ServerSocket(raftPort, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(node("data").waitFor()).isEqualTo(1);
            assertThat(errors().lines().filter(line -> line.startsWith("lockgrid: ")))
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1:" + raftPort);
        }
    }

    private Process node(String data) throws IOException {
        return node(data, "--http-port=0");
    }

    private Process node(String data, String httpPort) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // Else the JVM warns of what Netty does.
        }
        command.addAll(List.of("-jar", System.getProperty("lockgrid.distribution") + "/lib/lockgrid.jar", "node"));
        command.addAll(List.of("--id=n1", "--peers=n1=127.0.0.1:" + raftPort, "--data=" + folder.resolve(data)));
        command.add(httpPort);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()))
                .start();
        started.add(process);
        return process;
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    private static String firstLine(Process node) throws IOException {
        BufferedReader out = node.inputReader();
        String line = out.readLine();
        return line == null ? "" : line;
    }
}
