/** Scenarios: text files that say what the lock space does, and what runs them. */
@NullMarked
package io.lockgrid.statemachine.scenario;

import org.jspecify.annotations.NullMarked;
