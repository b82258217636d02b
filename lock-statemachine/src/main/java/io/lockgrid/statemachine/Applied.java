package io.lockgrid.statemachine;

import java.util.List;

/**
 * The result of one entry.
 *
 * @param next the lock space after it
 * @param outcomes one for each command of the batches, in order; empty without a batch
 * @param events what happened, in order
 */
public record Applied(LockSpace next, List<Outcome> outcomes, List<Event> events) {}
