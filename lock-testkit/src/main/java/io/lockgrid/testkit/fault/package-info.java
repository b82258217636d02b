/**
 * What can go wrong: a {@link io.lockgrid.testkit.fault.Fault} is done to a cluster and undone again. The catalogue by
 * name is {@link io.lockgrid.testkit.fault.Faults}; {@link io.lockgrid.testkit.fault.Nemesis} goes through some of
 * them.
 */
@NullMarked
package io.lockgrid.testkit.fault;

import org.jspecify.annotations.NullMarked;
