package io.lockgrid.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Bytes that look like requests and are not quite: those of the golden conversations, with some of their bytes changed,
 * lost, repeated or taken from another. The same seed gives the same inputs.
 */
final class FuzzInputs {
    private static final int CHANGES_MAX = 6;
    private static final int RUN_MAX = 24;

    /** What parsers trip over. */
    private static final List<String> TRAPS = List.of(
            "\r\n",
            "\r\n\r\n",
            "\n",
            "\0",
            "%",
            "%00",
            "%2F",
            "%zz",
            "%ff%fe",
            "../",
            "//",
            "?",
            "&",
            "=",
            "#",
            "||",
            "\"",
            "\\",
            "\\ud800",
            "{",
            "}",
            "[[[[[[[[",
            "null",
            "1e999999999",
            "-1",
            "9223372036854775808",
            "0.1e-400",
            "é",
            "\u202e",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip\r\n",
            "Content-Encoding: gzip\r\n",
            "Expect: 100-continue\r\n",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAA\r\n",
            "Authorization: Basic !\r\n",
            "Authorization: Bearer a.b.c\r\n",
            "Accept-Encoding: gzip\r\n",
            "Accept: application/yaml\r\n",
            "Content-Type: application/grpc\r\n",
            "?pretty&filter_path=**.a,-b",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "HTTP/1.0",
            "HTTP/9.9",
            "A".repeat(20_000));

    private final List<byte[]> corpus;
    private final SplittableRandom random;

    FuzzInputs(List<byte[]> corpus, long seed) {
        this.corpus = corpus;
        this.random = new SplittableRandom(seed);
    }

    /**
     * The requests of all golden conversations, as bytes, but for those that wait: a ticket that is given up when its
     * client hangs up would be taken for an effect of the next input.
     */
    static List<byte[]> corpus(Path folder) throws IOException {
        List<byte[]> requests = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (GoldenCase golden : GoldenCase.readAll(file)) {
                    golden.steps().stream()
                            .filter(GoldenCase.Step.Exchange.class::isInstance)
                            .map(GoldenCase.Step.Exchange.class::cast)
                            .filter(exchange -> exchange.requestHeaders().stream()
                                    .noneMatch(header -> header.startsWith("Prefer:")))
                            .map(FuzzInputs::request)
                            .forEach(requests::add);
                }
            }
        }
        return requests;
    }

    private static byte[] request(GoldenCase.Step.Exchange exchange) {
        StringBuilder text = new StringBuilder(exchange.requestLine()).append(" HTTP/1.1\r\nHost: localhost\r\n");
        exchange.requestHeaders().forEach(header -> text.append(header).append("\r\n"));
        int length = exchange.requestBody().getBytes(StandardCharsets.UTF_8).length;
        if (length > 0) {
            text.append("Content-Length: ").append(length).append("\r\n");
        }
        return text.append("\r\n").append(exchange.requestBody()).toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] next() {
        byte[] input = corpus.get(random.nextInt(corpus.size()));
        for (int changes = random.nextInt(CHANGES_MAX + 1); changes > 0; changes--) {
            input = change(input);
        }
        return input;
    }

    private byte[] change(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(RUN_MAX));
        return switch (random.nextInt(7)) {
            case 0 -> replaced(input, from, to, new byte[0]);
            case 1 -> replaced(input, from, from, Arrays.copyOfRange(input, from, to));
            case 2 -> replaced(input, from, from, trap());
            case 3 -> replaced(input, from, to, trap());
            case 4 -> replaced(input, from, to, randomBytes());
            case 5 -> flipped(input);
            default -> spliced(input, from);
        };
    }

    private byte[] trap() {
        return TRAPS.get(random.nextInt(TRAPS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[random.nextInt(RUN_MAX)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] input) {
        byte[] copy = input.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] spliced(byte[] input, int at) {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        return replaced(input, at, input.length, Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + by.length);
        out.write(input, 0, from);
        out.writeBytes(by);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }
}
