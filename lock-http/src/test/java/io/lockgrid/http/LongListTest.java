package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.service.LockService.View;
import io.lockgrid.testkit.LocalLockService;
import java.io.PushbackInputStream;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A list of every lock of a large grid costs its reader's time, and the node next to nothing. */
class LongListTest {
    private static final String PATH = "/_plugins/_job_scheduler/api/locks";
    private static final int MILLION = 1_000_000;
    private static final long MEMORY_MAX = 32 << 20;

    @Test
    @Timeout(240)
    void aMillionLocksAreListedWithinThirtyTwoMebibytesHoweverSlowlyTheyAreRead() throws Exception {
        LocalLockService locks = locks(MILLION);
        try (TestApi api = TestApi.start(locks);
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.api.port() + PATH))
                    .timeout(Duration.ofSeconds(200))
                    .build();
            long before = memoryUsed();
            long askedNanos = System.nanoTime();
            try (var body = new PushbackInputStream(
                    client.send(request, BodyHandlers.ofInputStream()).body())) {
                int first = body.read();
                body.unread(first);
                Duration toFirstByte = Duration.ofNanos(System.nanoTime() - askedNanos);
                assertThat(first).isEqualTo('{');
                // What grows, grows while nobody reads.
                long most = memoryUsed() - before;
                locks.submit(acquire(MILLION));
                JsonParser parser = new JsonFactory().createParser(body);
                int held = 0;
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.VALUE_FALSE && ++held % 250_000 == 0) {
                        most = Math.max(most, memoryUsed() - before);
                    }
                }
                System.out.printf(
                        "listed %,d locks in %s, first byte after %s, %,d bytes more memory at most%n",
                        held, Duration.ofNanos(System.nanoTime() - askedNanos), toFirstByte, most);
                // One point in time: the lock that came meanwhile is not in it.
                assertThat(held).isEqualTo(MILLION);
                assertThat(most).isLessThan(MEMORY_MAX);
                assertThat(toFirstByte).isLessThan(Duration.ofSeconds(20));
            }
        }
    }

    @Test
    @Timeout(60)
    void aReaderThatGoesAwayLeavesNothingBehind() throws Exception {
        AtomicReference<View> view = new AtomicReference<>(
                locks(200_000).read().toCompletableFuture().get());
        WeakReference<Object> space = new WeakReference<>(view.get().space());
        ScriptedLockService service = ScriptedLockService.reading(() -> CompletableFuture.completedFuture(view.get()));
        try (TestApi api = TestApi.start(service)) {
            try (Socket reader = new Socket()) {
                reader.setReceiveBufferSize(4_096);
                reader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.api.port()));
                reader.getOutputStream()
                        .write(("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(reader.getInputStream().readNBytes(1_000)).hasSize(1_000);
                view.set(null);
                System.gc();
                assertThat(space.get()).as("what is being listed").isNotNull();
            }
            while (space.get() != null) {
                System.gc();
            }
        }
    }

    private static LocalLockService locks(int count) {
        LocalLockService locks = new LocalLockService();
        for (int i = 0; i < count; i++) {
            locks.submit(acquire(i));
        }
        return locks;
    }

    private static Command acquire(int number) {
        return new Command.TryAcquire(
                new LockName("index", "job" + number), "t" + number, new Holder("opensearch", "o"), 3_600_000);
    }

    private static long memoryUsed() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
