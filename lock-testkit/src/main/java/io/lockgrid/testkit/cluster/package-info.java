/** Local clusters of real node processes, to be stopped, killed and paused. Start at {@link ProcessCluster}. */
@NullMarked
package io.lockgrid.testkit.cluster;

import org.jspecify.annotations.NullMarked;
