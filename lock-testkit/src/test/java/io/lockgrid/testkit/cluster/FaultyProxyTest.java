package io.lockgrid.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultyProxyTest {
    private static final int CLIENTS = 300;
    private static final int SILENCE_MILLIS = 200;
    private static final Duration SOON = Duration.ofSeconds(10);

    private LineServer server;
    private FaultyProxy proxy;

    /** A connection that speaks in lines. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(FaultyProxy proxy) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), proxy.uri().getPort());
            socket.setSoTimeout((int) SOON.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void patience(int millis) throws IOException {
            socket.setSoTimeout(millis);
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        /** The next line of the server, or null if the connection was closed. */
        @Nullable
        String answer() throws IOException {
            return in.readLine();
        }

        @Nullable
        String ask(String line) throws IOException {
            send(line);
            return answer();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new LineServer(0);
        proxy = new FaultyProxy(server.uri(), 1);
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
    }

    @Test
    void hundredsOfConnectionsPassAllBytes() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> threads.submit(() -> {
                        try (Client client = new Client(proxy)) {
                            client.ask("a");
                            return client.ask("b" + i);
                        }
                    }))
                    .toList();
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(answers.get(i).get()).isEqualTo("re: b" + i);
            }
        }
    }

    @Test
    void lostReplyWasAskedForAndItsConnectionCloses() throws IOException {
        try (Client client = new Client(proxy)) {
            assertThat(client.ask("before")).isEqualTo("re: before");
            proxy.loseReplies(1, Duration.ofMillis(SILENCE_MILLIS));
            assertThat(client.ask("lost")).isNull();
            assertThat(server.asked()).containsExactly("before", "lost");
        }
        proxy.heal();
        try (Client client = new Client(proxy)) {
            assertThat(client.ask("after")).isEqualTo("re: after");
        }
    }

    @Test
    void someRepliesAreLostAndTheSameOnesFromTheSameSeed() throws IOException {
        List<Boolean> first = lostOfMany(7);

        assertThat(first).contains(true, false);
        assertThat(lostOfMany(7)).isEqualTo(first);
        assertThat(lostOfMany(8)).isNotEqualTo(first);
    }

    private List<Boolean> lostOfMany(long seed) throws IOException {
        try (FaultyProxy seeded = new FaultyProxy(server.uri(), seed)) {
            seeded.loseReplies(0.5, Duration.ZERO);
            Boolean[] lost = new Boolean[30];
            for (int i = 0; i < lost.length; i++) {
                try (Client client = new Client(seeded)) {
                    lost[i] = client.ask("x") == null;
                }
            }
            return List.of(lost);
        }
    }

    @Test
    void delayHoldsUpBothDirections() throws IOException {
        try (Client client = new Client(proxy)) {
            client.ask("warm");
            proxy.delay(Duration.ofMillis(100), Duration.ofMillis(120));
            long start = System.nanoTime();
            assertThat(client.ask("slow")).isEqualTo("re: slow");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200), SOON);
        }
    }

    @Test
    void silenceIsOverWithTheHealingAndNothingIsLost() throws IOException {
        try (Client client = new Client(proxy)) {
            client.ask("before");
            proxy.silence();
            client.patience(SILENCE_MILLIS);
            assertThatThrownBy(() -> client.ask("held")).isInstanceOf(SocketTimeoutException.class);
            assertThat(server.asked()).containsExactly("before");
            client.patience((int) SOON.toMillis());
            proxy.heal();
            assertThat(client.answer()).isEqualTo("re: held");
        }
    }

    @Test
    void refusalClosesWhatIsOpenAndTakesNothingNewUntilItIsHealed() throws IOException {
        try (Client client = new Client(proxy)) {
            client.ask("before");
            proxy.refuse();
            assertThat(client.answer()).isNull();
        }
        assertThatThrownBy(() -> new Client(proxy)).isInstanceOf(ConnectException.class);
        proxy.heal();
        try (Client client = new Client(proxy)) {
            assertThat(client.ask("after")).isEqualTo("re: after");
        }
    }

    @Test
    void serverThatIsNotThereClosesTheConnectionAndMayComeBack() throws IOException {
        server.close();
        try (Client client = new Client(proxy)) {
            assertThat(client.answer()).isNull();
        }
        try (LineServer back = new LineServer(server.uri().getPort());
                Client client = new Client(proxy)) {
            assertThat(client.ask("x")).isEqualTo("re: x");
            assertThat(back.asked()).containsExactly("x");
        }
    }
}
