/**
 * Runs of clients against faults, and what they showed. Start at {@link FaultRun}; {@link FaultsMain} is its command.
 */
@NullMarked
package io.lockgrid.testkit.run;

import org.jspecify.annotations.NullMarked;
