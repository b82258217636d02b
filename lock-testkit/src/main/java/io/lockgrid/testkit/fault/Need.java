package io.lockgrid.testkit.fault;

/** What a cluster must have for a fault to be done to it. */
public enum Need {
    /** Clients that go through the proxies. */
    PROXIES,
    /** Packets that can be cut: see {@code Cluster.network}. */
    NETWORK,
    /** Nodes with the agent of the tests in them. */
    AGENT,
    /** Nodes with a wall clock that can be set. */
    CLOCKS,
    /** Nodes that make a snapshot every few entries, and keep few entries behind it. */
    FREQUENT_SNAPSHOTS,
    /** Five nodes at least. */
    FIVE_NODES
}
