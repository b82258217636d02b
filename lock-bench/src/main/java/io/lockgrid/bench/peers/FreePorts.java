package io.lockgrid.bench.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of the loopback address, below those that systems draw for outgoing connections. */
final class FreePorts {
    private static final int FIRST = 10_240;
    private static final int END = 32_000;
    private static final int TRIES_MAX = 1_000;

    private FreePorts() {}

    /** So many different ports that nothing listens on. */
    static List<Integer> take(int count) throws IOException {
        List<Integer> free = new ArrayList<>();
        for (int tries = 0; free.size() < count; tries++) {
            if (tries == TRIES_MAX) {
                throw new IOException("no " + count + " free ports found");
            }
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (!free.contains(port) && isFree(port)) {
                free.add(port);
            }
        }
        return free;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
