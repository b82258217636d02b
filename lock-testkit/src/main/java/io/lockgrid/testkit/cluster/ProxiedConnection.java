package io.lockgrid.testkit.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Random;

/** A client's connection and the one that a proxy made for it; both end together. */
final class ProxiedConnection implements AutoCloseable {
    private static final int BYTES = 16_384;

    private final Socket client;
    private final Socket server;
    private final Weather weather;
    private final Random toServer;
    private final Random toClient;

    ProxiedConnection(Socket client, Socket server, Weather weather, Random chance) {
        this.client = client;
        this.server = server;
        this.weather = weather;
        this.toServer = new Random(chance.nextLong());
        this.toClient = new Random(chance.nextLong());
    }

    /** Returns when either side has ended the connection, or it was closed here. */
    void run(InetSocketAddress address, int connectMillisMax) {
        try {
            server.connect(address, connectMillisMax);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread requests = Thread.ofVirtual().start(this::passRequests);
            passReplies();
            close();
            requests.join();
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a connection", e);
        }
    }

    private void passRequests() {
        try {
            byte[] bytes = new byte[BYTES];
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                weather.waitToPass(toServer);
                out.write(bytes, 0, count);
            }
            server.shutdownOutput();
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a connection", e);
        }
    }

    private void passReplies() throws IOException, InterruptedException {
        byte[] bytes = new byte[BYTES];
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
            if (weather.losesThisReply(toClient)) {
                weather.waitAfterLoss(toClient);
                return;
            }
            weather.waitToPass(toClient);
            out.write(bytes, 0, count);
        }
    }

    @Override
    public void close() {
        closeQuietly(client);
        closeQuietly(server);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // It is of no use any more, whatever it says.
        }
    }
}
