package io.lockgrid.testkit.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Nodes {@code n1}, {@code n2}, … of a grid, numbered from 1, on whatever hosts. None runs until it is started.
 *
 * <p>Any thread may ask; of one node, one thread at a time may start and end it.
 */
public interface Cluster extends AutoCloseable {
    /** How many nodes there are, running or not. */
    int size();

    /**
     * Starts a node and returns at once. What it says is added to what it said in earlier lives.
     *
     * @throws IllegalStateException if it runs
     */
    void start(int i);

    /** Starts every node that does not run. */
    void startAll();

    /** Ends a node with SIGKILL, paused or not, and returns when it is gone. Does nothing if it does not run. */
    void kill(int i);

    /** Ends all nodes with SIGKILL, at nearly one moment. */
    void killAll();

    /**
     * Ends a node that is not paused with SIGTERM.
     *
     * @return its exit code
     */
    int stop(int i);

    /** Stops a running node's time with SIGSTOP. */
    void pause(int i);

    /** Lets a paused node go on. */
    void resume(int i);

    /** Whether the node's process is there; a paused one is, too. */
    boolean isRunning(int i);

    /** Whether the node runs, but its time stands still. */
    boolean isPaused(int i);

    /** Whether the node says that it serves. */
    boolean isReady(int i);

    /** Where this process reaches the node itself; a proxy stands in front of it elsewhere. */
    URI httpUri(int i);

    /**
     * Headers, a name and its value in turn, by which the nodes do what they are asked, as asked by this caller; empty
     * where they serve everybody.
     */
    default List<String> headers(String caller) {
        return List.of();
    }

    /** The node's data folder, on this machine's disk. */
    Path data(int i);

    /** The node that leads, as the nodes that run and answer say; empty unless a majority of the cluster agrees. */
    OptionalInt leader();

    /**
     * Waits until a majority says who leads.
     *
     * @return the leader
     * @throws AssertionError if it takes longer
     */
    int awaitLeader(Duration atMost);

    /**
     * Waits until a node is ready.
     *
     * @return how long it took
     * @throws AssertionError if it takes longer
     */
    Duration awaitReady(int i, Duration atMost);

    /**
     * Waits until all nodes that run are ready, and a majority says who leads.
     *
     * @return how long it took
     * @throws AssertionError if it takes longer
     */
    Duration awaitReady(Duration atMost);

    /** The end of what a node said, for the report of a failure. */
    String lastWords(int i);

    /** The packets between the nodes; empty where they cannot be cut, as between processes on loopback. */
    Optional<Network> network();

    /**
     * Runs {@code lockgrid repair} on the data of a node that does not run.
     *
     * @return how it ended; empty where the hosts cannot
     */
    default Optional<FinishedCommand> repair(int i) {
        return Optional.empty();
    }

    /** Kills all that runs, and leaves nothing behind but the folders. */
    @Override
    void close();
}
