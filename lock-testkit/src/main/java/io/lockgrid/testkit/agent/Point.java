package io.lockgrid.testkit.agent;

/** A place in a node's code that every node passes again and again. */
public enum Point {
    /** Entries are in the log's buffer, and nothing of them is on disk. */
    BEFORE_LOG_SYNC(true),
    /** Entries are on disk, and nobody was told. */
    AFTER_LOG_SYNC(false),
    /** A snapshot is about to be written. */
    BEFORE_SNAPSHOT_SAVE(true),
    /** A snapshot is on disk under its final name, and the log behind it is there still. */
    AFTER_SNAPSHOT_SAVE(false),
    /** All of the leader's snapshot was received, and the node's own is in place still. */
    BEFORE_SNAPSHOT_INSTALL(false),
    /** The node's own snapshots are out of the way, and the leader's is not in their place yet. */
    DURING_SNAPSHOT_INSTALL(false),
    /** The leader's snapshot is in place and was read. */
    AFTER_SNAPSHOT_INSTALL(false),
    /** A committed entry is about to be applied. */
    BEFORE_APPLY(false),
    /** An entry is applied, and nobody was told. */
    AFTER_APPLY(false);

    private final boolean isWrite;

    Point(boolean isWrite) {
        this.isWrite = isWrite;
    }

    /** Whether the action can happen here: only what is written can find a full disk. */
    public boolean allows(Action action) {
        return isWrite || action != Action.FAIL_NO_SPACE;
    }
}
