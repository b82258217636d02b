package io.lockgrid.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback address, below those that systems draw for outgoing connections: of a node that is down,
 * any connection could take such a port, and the node could not start again.
 */
final class Ports {
    private static final int FIRST = 10_240;
    private static final int END = 32_000;
    private static final int TRIES_MAX = 1_000;

    /** What was given to somebody in this JVM, who may not listen yet. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** So many different ports that nothing listens on at present, and that are given to nobody else here. */
    static List<Integer> free(int count) {
        List<Integer> free = new ArrayList<>();
        for (int tries = 0; free.size() < count; tries++) {
            if (tries == TRIES_MAX) {
                throw new IllegalStateException("no " + count + " free ports found in " + TRIES_MAX + " tries");
            }
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port) && GIVEN.add(port)) {
                free.add(port);
            }
        }
        return free;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (java.net.BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
