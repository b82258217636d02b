package io.lockgrid.http.dapr;

/**
 * What the Dapr API of a node is told.
 *
 * @param leaseMillisMax longest lease that a client may ask for
 * @param nodeId of this node
 * @param id what stands in the place of an app's id
 * @param version what stands in the place of the runtime's
 */
public record DaprSettings(DaprStores stores, long leaseMillisMax, String nodeId, String id, String version) {}
