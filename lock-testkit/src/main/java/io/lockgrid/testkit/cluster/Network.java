package io.lockgrid.testkit.cluster;

/** The packets between the nodes of a {@link Cluster}, by the numbers of the nodes. */
public interface Network {
    /** Drops all that one node sends to another, until it is healed; the other way stays open. */
    void cut(int from, int to);

    /**
     * Drops a random share of the packets that arrive at a node from its peers, until it is healed.
     *
     * @param share above 0, at most 1
     */
    void lose(int node, double share);

    /** Lets all packets through again. */
    void heal();
}
