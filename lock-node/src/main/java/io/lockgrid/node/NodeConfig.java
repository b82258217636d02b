package io.lockgrid.node;

import io.lockgrid.http.HttpConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a node is told when it starts. The same peers on every node.
 *
 * @param id of this node, one of the peers
 * @param peers every node of the cluster, this one included
 * @param data folder of this node alone; made if it is not there
 * @param http where and how the APIs are served
 * @param electionTimeout without a word from the leader for this long, a follower stands for election; 200 ms to 60 s,
 *     the longest wait is twice that
 * @param snapshotEntries log entries between two snapshots, at least 1
 * @param logKeptEntries log entries kept behind a snapshot for followers that were away briefly, at least 0
 */
public record NodeConfig(
        String id,
        PeerList peers,
        Path data,
        HttpConfig http,
        Duration electionTimeout,
        long snapshotEntries,
        long logKeptEntries) {
    /** What {@code electionTimeout} is unless said otherwise. */
    public static final Duration ELECTION_TIMEOUT = Duration.ofMillis(500);

    /** What {@code snapshotEntries} is unless said otherwise. */
    public static final long SNAPSHOT_ENTRIES = 100_000;

    /** What {@code logKeptEntries} is unless said otherwise. */
    public static final long LOG_KEPT_ENTRIES = 100_000;

    /**
     * Checks what does not need the disk.
     *
     * @throws NodeStartException if this node is not among the peers, or a number is out of range
     */
    public NodeConfig {
        if (!peers.contains(id)) {
            throw new NodeStartException("node " + id + " is not in the list of peers (" + peers
                    + "); give --peers the same list on every node, this one included");
        }
        long millis = electionTimeout.toMillis();
        if (millis < 200 || millis > 60_000) {
            throw new NodeStartException("an election timeout has 200 ms to 60 s, not " + millis + " ms");
        }
        if (snapshotEntries < 1 || logKeptEntries < 0) {
            throw new NodeStartException("snapshots need at least one entry between them, and no negative log behind");
        }
    }
}
