package io.lockgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.http.HttpApi;
import io.lockgrid.http.HttpConfig;
import io.lockgrid.http.auth.Access;
import io.lockgrid.http.auth.AccessConfig;
import io.lockgrid.http.auth.AuthMode;
import io.lockgrid.http.auth.JwtConfig;
import io.lockgrid.testkit.LocalLockService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lockgrid token} against the HTTP APIs of a node, in mode token, in front of the real rules. */
class TokenCommandTest {
    private static final String OWNER = "an-owner-token-of-the-test";

    @TempDir
    private Path folder;

    private HttpApi api;
    private String node = "";

    @BeforeEach
    void start() throws Exception {
        Path file = Files.writeString(folder.resolve("owner"), OWNER);
        HttpConfig config = HttpConfig.of("127.0.0.1", 0, "n1", "lockgrid", "1.2.3")
                .withAccess(Access.read(new AccessConfig(AuthMode.TOKEN, Optional.of(file), JwtConfig.NONE, 0)));
        api = HttpApi.start(config, new LocalLockService())
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        node = "http://127.0.0.1:" + api.port();
    }

    @AfterEach
    void stop() {
        api.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theSecretAloneGoesToTheStandardOutput() {
        Called called = asOwner("create", "--name", "ci", "--role", "application", "--namespaces", "ci/*, prod");
        assertThat(called.code()).isZero();
        assertThat(called.out().strip()).matches("lockgrid_[A-Za-z0-9_-]{43}");
        assertThat(called.errorLines())
                .containsExactly(
                        "Created the token ci: role application, namespaces ci/*,prod. Its secret is shown this once.");
    }

    @Test
    void tokensAreListedUntilTheyAreRevoked() {
        String odd = "Åsa / 100% + ?";
        asOwner("create", "--name", "ci", "--role", "application", "--namespaces", "ci/*,prod");
        asOwner("create", "--name", odd, "--role", "owner");
        assertThat(asOwner("list").out().lines())
                .containsExactly(
                        "NAME            ROLE         NAMESPACES  CREATED",
                        "ci              application  ci/*,prod   2026-01-01T00:00:00Z",
                        odd + "  owner        *           2026-01-01T00:00:00Z");

        Called revoked = asOwner("revoke", "--name", odd);
        assertThat(revoked.out().strip()).isEqualTo("Revoked the token " + odd + ".");
        assertThat(asOwner("list").out()).contains("ci ").doesNotContain(odd);
    }

    @Test
    void whatTheGridRefusesIsOneLine() {
        asOwner("create", "--name", "ci", "--role", "member");
        isOneLine(asOwner("create", "--name", "ci", "--role", "member"), "a token with the name ci exists");
        isOneLine(asOwner("revoke", "--name", "cd"), "there is no token with the name cd");
        isOneLine(asOwner("create", "--name", "", "--role", "member"), "1 to 128 bytes");
    }

    @Test
    void whoShowsNoTokenOrAWrongOneIsToldSo() {
        isOneLine(
                Called.with("token", "list", "--nodes", node), "give one with --token or the variable LOCKGRID_TOKEN");
        isOneLine(Called.with("token", "list", "--nodes", node, "--token", "wrong"), "Invalid token");
        assertThat(Called.with("token", "list", "--nodes", node, "--token", OWNER)
                        .code())
                .isZero();
    }

    @Test
    void theStatusIsAskedForAsWell() {
        assertThat(Called.in(Map.of("LOCKGRID_TOKEN", OWNER), "status", "--nodes", node)
                        .code())
                .isZero();
        Called refused = Called.with("status", "--nodes", node);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains(node + " does not answer: it answers 401: this needs Authorization: Bearer");
    }

    @Test
    void theNextNodeIsAskedIfOneCannotBeReached() throws IOException {
        String gone = "http://127.0.0.1:" + freePort();
        Called called = in("list", "--nodes", gone + "," + node);
        assertThat(called.code()).isZero();
        isOneLine(in("list", "--nodes", gone), "no node can be reached (" + gone + ": nothing listens there); start");
    }

    @Test
    void aNodeThatWasAskedAndHungUpIsNotAskedAgain() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = Thread.ofPlatform().start(() -> hangUp(server));
            String rude = "http://127.0.0.1:" + server.getLocalPort();
            isOneLine(
                    in("create", "--name", "ci", "--role", "member", "--nodes", rude + "," + node),
                    "it is not known whether it took effect");
            hangingUp.join();
        }
        assertThat(asOwner("list").out().lines()).hasSize(1);
    }

    @Test
    void calledWronglyIsOneLineAndWhereToReadOn() {
        Called called = asOwner("create", "--name", "ci", "--role", "Owner");
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.errorLines())
                .containsExactly(
                        "lockgrid: \"Owner\" is no role; --role is one of owner, application, member",
                        "Try: lockgrid token create --help");
        assertThat(in("list", "--nodes", node, "--token", "two words")
                        .errorLines()
                        .getFirst())
                .contains("a token is one word of visible ASCII characters");
        assertThat(Called.with("token").errorLines()).contains("lockgrid: Missing required subcommand");
        assertThat(asOwner("revoke").errorLines().getFirst()).contains("Missing required option: '--name=NAME'");
    }

    private Called asOwner(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--nodes", node));
        return in(all.toArray(String[]::new));
    }

    private static Called in(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addFirst("token");
        return Called.in(Map.of("LOCKGRID_TOKEN", OWNER), all.toArray(String[]::new));
    }

    private static void isOneLine(Called called, String text) {
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.out()).isEmpty();
        assertThat(called.errorLines())
                .singleElement()
                .asString()
                .startsWith("lockgrid: ")
                .contains(text);
    }

    /** Reads the head of one request and closes. */
    private static void hangUp(ServerSocket server) {
        try (var socket = server.accept()) {
            assertThat(socket.getInputStream().read()).isEqualTo('P');
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
