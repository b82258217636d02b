package io.lockgrid.node;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Optional;

/** Makes one line for a person of what Ratis throws when it cannot start. */
final class StartFailures {
    private StartFailures() {}

    static String explain(NodeConfig config, Path raftFolder, Throwable failure) {
        if (find(failure, BindException.class).isPresent()) {
            return "the Raft address of node " + config.id() + " (" + addressOf(config) + ") cannot be listened on: "
                    + root(failure).getMessage() + "; stop what uses the port, or change --peers";
        }
        Optional<Path> damaged = DamagedLog.find(raftFolder);
        if (damaged.isPresent()) {
            return "the log file " + damaged.get() + " is damaged ("
                    + root(failure).getMessage()
                    + "); the node does not start on it: bring the data folder back from a copy, or replace the node";
        }
        return "node " + config.id() + " cannot start: " + root(failure).getMessage();
    }

    private static String addressOf(NodeConfig config) {
        return config.peers().peers().stream()
                .filter(peer -> peer.id().equals(config.id()))
                .map(PeerList.Peer::address)
                .findFirst()
                .orElseThrow();
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof IOException || root.getMessage() != null ? root : failure;
    }
}
