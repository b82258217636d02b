package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.LocalLockService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes arrive at the port, the server answers or hangs up, has no defect and keeps nothing, and what it
 * refuses has no effect. {@code -Dfuzz.seed} says which inputs, {@code scripts/fuzz} tries new ones; a failure names
 * them. {@code -Dfuzz.inputs} says how many inputs.
 */
class FuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 10_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int INPUTS_PER_SERVER = 10_000;
    private static final long HEAP_GROWTH_BYTES_MAX = 32L << 20;
    private static final int HANG_MILLIS = 5_000;

    /** An input without an end is given up after this; what comes later is not awaited. */
    private static final int PATIENCE_MILLIS = 50;

    /** Ends each input: a server that took all of it as requests answers this one last, and hangs up. */
    private static final byte[] LAST =
            "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 431);
    private static final Pattern START = Pattern.compile("(?=HTTP/-?\\d+\\.-?\\d+ \\d{3} )");

    /**
     * Answers of 5xx that are meant: those that the published APIs give to a request that is as it should be, and that
     * of Vert.x to another version of HTTP.
     */
    private static final Pattern MEANT = Pattern.compile("(?is)HTTP/\\S+ 500 .*(release-lock.*failed.*"
            + "|can't contain '\\|\\|'\"}|dapr app-id does not match\"}|content-length: 0\\s.*)"
            + "|HTTP/\\S+ 501 .*");

    private final HttpConfig config = TestApi.CONFIG.withTimeouts(new HttpTimeouts(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(1)));
    private int answers;
    private int hangUps;

    @Test
    void anyBytesAreAnsweredOrHungUpOnAndWhatIsRefusedHasNoEffect() throws Exception {
        FuzzInputs inputs = new FuzzInputs(FuzzInputs.corpus(goldenFolder()), SEED);
        long before = 0;
        for (int done = 0; done < INPUTS; done += INPUTS_PER_SERVER) {
            run(inputs, Math.min(INPUTS_PER_SERVER, INPUTS - done));
            // After the first server: what is loaded and compiled once is no growth.
            before = before == 0 ? heapBytes() : before;
        }
        long growth = heapBytes() - before;
        System.out.printf(
                "fuzz: seed %d, %d inputs, %d answers, %d hung up on, heap grew by %d KiB%n",
                SEED, INPUTS, answers, hangUps, growth >> 10);
        assertThat(growth).isLessThan(HEAP_GROWTH_BYTES_MAX);
        assertThat(answers).as("inputs that were understood").isGreaterThan(INPUTS / 10);
    }

    private void run(FuzzInputs inputs, int count) throws Exception {
        LocalLockService locks = new LocalLockService();
        try (TestApi api = TestApi.start(config, locks)) {
            for (int i = 0; i < count; i++) {
                byte[] input = inputs.next();
                int submissions = locks.submissions();
                List<String> responses = exchange(api.api.port(), input);
                check(input, responses, locks.submissions() - submissions);
            }
        }
    }

    private void check(byte[] input, List<String> responses, int submissions) {
        String what = "seed " + SEED + ", input\n" + new String(input, StandardCharsets.ISO_8859_1);
        boolean isRefused = !responses.isEmpty();
        for (String response : responses) {
            int status = Integer.parseInt(response.split(" ", 3)[1]);
            assertThat(status < 500 || MEANT.matcher(response).matches())
                    .as(what + "\nwas answered\n" + response)
                    .isTrue();
            isRefused &= REFUSED.contains(status);
        }
        if (isRefused) {
            assertThat(submissions)
                    .as(what + "\nwas refused, and reached the log")
                    .isZero();
        }
        answers += responses.size();
        hangUps += responses.isEmpty() ? 1 : 0;
    }

    /** Sends the input and the last request; the responses to the input. */
    private static List<String> exchange(int port, byte[] input) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            try {
                socket.getOutputStream().write(input);
                socket.getOutputStream().write(LAST);
            } catch (SocketException e) {
                return List.of(); // Hung up on while it was still sending.
            }
            String text = readAll(socket);
            List<String> responses = new ArrayList<>();
            for (String response : START.split(text, -1)) {
                boolean isToLast = response.endsWith("{\"status\":\"ok\"}");
                if (response.startsWith("HTTP/") && !isToLast) {
                    responses.add(response);
                }
            }
            return responses;
        }
    }

    private static String readAll(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[16 << 10];
        boolean isOver = false;
        while (true) {
            socket.setSoTimeout(isOver ? HANG_MILLIS : PATIENCE_MILLIS);
            try {
                int length = in.read(buffer);
                if (length < 0) {
                    return text.toString();
                }
                text.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
            } catch (SocketException e) {
                return text.toString(); // Closed with something unread, which TCP tells by a reset.
            } catch (SocketTimeoutException e) {
                assertThat(isOver)
                        .as("no end within " + HANG_MILLIS + " ms; so far\n" + text)
                        .isFalse();
                isOver = true;
                socket.shutdownOutput();
            }
        }
    }

    private static long heapBytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static Path goldenFolder() throws URISyntaxException {
        return Path.of(FuzzTest.class.getResource("/golden").toURI());
    }
}
