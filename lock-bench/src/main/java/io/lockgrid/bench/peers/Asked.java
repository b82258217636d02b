package io.lockgrid.bench.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Small questions to a server of this machine, to learn whether it is up. */
final class Asked {
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    private Asked() {}

    /** What a server writes after a line, until it closes the connection or has written {@code ANSWER_BYTES_MAX}. */
    static String line(int port, String line) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
        }
    }

    /** The whole answer to a GET, with its head. */
    static String http(int port, String path) throws IOException {
        return line(port, "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n");
    }
}
