package io.lockgrid.testkit.fault;

/** What a cluster must have for a fault to be done to it. */
public enum Need {
    /** Clients that go through the proxies. */
    PROXIES,
    /** Packets that can be cut: see {@code Cluster.network}. */
    NETWORK,
    /** Nodes with the agent of the tests in them. */
    AGENT,
    /** Nodes that cut their logs so soon that one that was away needs a snapshot; by the agent. */
    SHORT_LOG,
    /** Nodes with a wall clock that can be set. */
    CLOCKS,
    /** Files of nodes that can be damaged and repaired: see {@code Cluster.repair}. */
    REPAIR,
    /** Five nodes at least. */
    FIVE_NODES
}
