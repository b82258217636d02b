/** Clusters of real processes of the distribution: clients of all APIs, faults, and what must hold meanwhile. */
@NullMarked
package io.lockgrid.cli.cluster;

import org.jspecify.annotations.NullMarked;
