/**
 * What every replica computes: log entries in, outcomes out. No I/O, no clock, no thread.
 *
 * <p>Start at {@link io.lockgrid.statemachine.LockSpace#apply}; the rules of one entry are {@code EntryApplication},
 * the contract of each command stands where it is defined, in {@link io.lockgrid.statemachine.Command}.
 */
@NullMarked
package io.lockgrid.statemachine;

import org.jspecify.annotations.NullMarked;
