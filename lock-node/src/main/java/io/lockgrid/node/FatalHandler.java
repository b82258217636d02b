package io.lockgrid.node;

/**
 * Called once when a node can no longer keep its promises: its log failed, its state contradicts itself, or Raft shut
 * down under it. A node that lived on would hold a vote and serve requests without a log behind them.
 */
@FunctionalInterface
public interface FatalHandler {
    /** Exit code of a process that ended itself for this reason. */
    int EXIT_CODE = 70;

    /**
     * Ends the node. Any thread, with locks of the log held: must not wait for the node.
     *
     * @param what happened, for a person
     */
    void fatal(String what, Throwable cause);

    /** Ends the process at once: shutdown hooks would wait for the thread that calls. */
    static FatalHandler haltProcess() {
        return (what, cause) -> {
            org.slf4j.LoggerFactory.getLogger(FatalHandler.class).error("{}; ending the process", what, cause);
            Runtime.getRuntime().halt(EXIT_CODE);
        };
    }
}
