package io.lockgrid.node.raft;

import java.io.IOException;

/** A file of a node is not as the node wrote it. The message is one line that names the file. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedFileException(String message) {
        super(message);
    }

    public DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
