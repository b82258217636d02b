/**
 * What must hold after every step of a simulation, one promise a class. None of them knows the rules, only the promise.
 */
@NullMarked
package io.lockgrid.testkit.simulation.invariant;

import org.jspecify.annotations.NullMarked;
