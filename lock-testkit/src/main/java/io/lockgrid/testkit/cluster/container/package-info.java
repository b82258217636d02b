/** Clusters of containers, between which packets can be cut and lost. Start at {@link ContainerCluster}. */
@NullMarked
package io.lockgrid.testkit.cluster.container;

import org.jspecify.annotations.NullMarked;
