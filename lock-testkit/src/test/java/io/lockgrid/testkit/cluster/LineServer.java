package io.lockgrid.testkit.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each line with "re: " and the line, and remembers what it was asked. */
final class LineServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    LineServer(int port) throws IOException {
        listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAll);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> answerAll(client));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void answerAll(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                asked.add(line);
                client.getOutputStream().write(("re: " + line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return; // The other side has gone.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
