package io.lockgrid.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback between clients and one server. It passes bytes on, unless it is told to lose the server's
 * replies, to be slow, to be silent, or to refuse; each of these also hits connections that are open already.
 *
 * <p>Any thread may tell it anything. What it decides by chance follows from its seed and the order of its connections.
 */
public final class FaultyProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS_MAX = 2_000;
    private static final int BACKLOG = 1_000;

    private final URI server;
    private final int port;
    private final Random random;
    private final Weather weather = new Weather();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private @Nullable Listener listener;

    private record Listener(ServerSocket socket, Thread acceptor) {}

    /**
     * Listens at once, on a port that stays its own until it is closed.
     *
     * @param server where the connections go on to; it need not be there yet
     */
    public FaultyProxy(URI server, long seed) {
        this.server = server;
        this.random = new Random(seed);
        this.port = Ports.free(1).getFirst();
        listen();
    }

    /** Where clients reach the server through this. */
    public URI uri() {
        return URI.create(server.getScheme() + "://127.0.0.1:" + port);
    }

    /**
     * Loses replies: the request has reached the server, which did what it was asked, and nothing of its answer comes
     * back. The connection is closed some time after.
     *
     * @param share of the replies, 0 to 1
     * @param silenceMax how long the client is left waiting, at most; the time is random
     */
    public void loseReplies(double share, Duration silenceMax) {
        weather.loseReplies(share, silenceMax);
    }

    /** Delays all that is sent, in each direction, by a random time from {@code least} to {@code most}. */
    public void delay(Duration least, Duration most) {
        weather.delay(least, most);
    }

    /** Passes nothing on in either direction, and closes nothing: what was held back arrives after the healing. */
    public void silence() {
        weather.silence();
    }

    /** Closes all connections, and refuses new ones. */
    public synchronized void refuse() {
        stopListening();
        connections.forEach(ProxiedConnection::close);
    }

    /** Passes all bytes on at once again. */
    public synchronized void heal() {
        weather.clear();
        if (listener == null) {
            listen();
        }
    }

    /** Closes all connections, and listens no longer. */
    @Override
    public void close() {
        weather.clear();
        refuse();
    }

    private void listen() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            Thread acceptor = Thread.ofVirtual().name("proxy-" + port).start(() -> acceptAll(opened));
            listener = new Listener(opened, acceptor);
        } catch (IOException e) {
            throw new UncheckedIOException("the port " + port + " of a proxy is taken", e);
        }
    }

    private void stopListening() {
        Listener open = listener;
        listener = null;
        if (open != null) {
            try {
                open.socket().close();
                // Until it has left its accept, the kernel goes on taking connections.
                open.acceptor().join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void acceptAll(ServerSocket open) {
        while (!open.isClosed()) {
            try {
                Socket client = open.accept();
                long seed = random.nextLong();
                Thread.ofVirtual().start(() -> serve(open, client, new Random(seed)));
            } catch (IOException e) {
                return; // Closed, which is how it is told to end.
            }
        }
    }

    /** A server that is not there closes the client's connection. */
    private void serve(ServerSocket acceptedBy, Socket client, Random chance) {
        ProxiedConnection connection = new ProxiedConnection(client, new Socket(), weather, chance);
        connections.add(connection);
        try (connection) {
            if (!acceptedBy.isClosed()) {
                connection.run(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS_MAX);
            }
        } finally {
            connections.remove(connection);
        }
    }
}
