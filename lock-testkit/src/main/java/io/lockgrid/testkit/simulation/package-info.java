/**
 * A seeded, single-threaded simulation of a grid around the rules of lock-statemachine: batches that come twice, late
 * or out of order, lost replies, leader changes, clock steps, snapshots, a replica that follows. Start at
 * {@link io.lockgrid.testkit.simulation.Seeds}.
 */
@NullMarked
package io.lockgrid.testkit.simulation;

import org.jspecify.annotations.NullMarked;
