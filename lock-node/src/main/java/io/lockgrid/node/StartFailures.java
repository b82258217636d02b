package io.lockgrid.node;

import io.lockgrid.node.raft.DamagedFileException;
import java.io.IOException;
import java.net.BindException;
import java.util.Optional;

/** Makes one line for a person of what Ratis throws when it cannot start. */
final class StartFailures {
    private StartFailures() {}

    static String explain(NodeConfig config, DataFolder folder, Throwable failure) {
        if (find(failure, BindException.class).isPresent()) {
            return "the Raft address of node " + config.id() + " (" + addressOf(config) + ") cannot be listened on: "
                    + root(failure).getMessage() + "; stop what uses the port, or change --peers";
        }
        Optional<DamagedFileException> snapshot = find(failure, DamagedFileException.class);
        if (snapshot.isPresent()) {
            return snapshot.get().getMessage() + "; " + folder.howToReplace();
        }
        Optional<LogFile> log = damagedLog(folder);
        if (log.isPresent()) {
            return log.get().described() + "; the node does not start on it: 'lockgrid repair --data " + config.data()
                    + "' cuts off what an interrupted write left, and says what else to do";
        }
        return "node " + config.id() + " cannot start: " + root(failure).getMessage();
    }

    /** Ratis' own messages do not name it. */
    private static Optional<LogFile> damagedLog(DataFolder folder) {
        try {
            return LogFile.firstDamaged(LogFile.allIn(folder.raft()));
        } catch (IOException e) {
            return Optional.empty();
        }
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
