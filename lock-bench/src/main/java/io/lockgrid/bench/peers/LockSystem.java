package io.lockgrid.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A lock service whose servers can be started on this machine. */
interface LockSystem {
    /** How many servers one has that replicates. */
    int SERVERS = 3;

    /** Says in a line what is missing and how to install it; empty if nothing is. */
    Optional<String> lack();

    /** Its name and version, as the report tells. */
    String title();

    /**
     * Makes ready to start: chooses free ports and writes what configuration it needs.
     *
     * @param folder of the servers, each of which has one of its name in it
     */
    List<Server> servers(Path folder) throws IOException;

    /**
     * Asks a server whether it serves as a part of the whole.
     *
     * @param said what it has written so far
     * @throws IOException if it does not answer yet
     */
    boolean isReady(Server server, String said) throws IOException;
}
