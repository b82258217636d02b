package io.lockgrid.statemachine;

import java.util.List;

/**
 * The result of one entry.
 *
 * @param next the lock space after it
 * @param outcomes one for each command of the batches, in order; empty without a batch
 * @param events what happened, in order
 */
public record Applied(LockSpace next, List<Outcome> outcomes, List<Event> events) {
    /** Whether a lock passed from one ticket to the next; as a rule the next one had waited. */
    public boolean handsOver() {
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i) instanceof Event.Granted granted
                    && events.get(i - 1) instanceof Event.Ended ended
                    && ended.lock().equals(granted.lock())) {
                return true;
            }
        }
        return false;
    }
}
