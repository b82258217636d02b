package io.lockgrid.bench.peers;

import java.util.List;

/**
 * One server that is to be started.
 *
 * @param name of it among its like, also that of its folder
 * @param port where clients reach it
 * @param command what starts it, in its own, empty folder
 */
record Server(String name, int port, List<String> command) {
    /** As clients are told. */
    String address() {
        return "127.0.0.1:" + port;
    }
}
