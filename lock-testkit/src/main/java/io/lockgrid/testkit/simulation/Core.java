package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import java.util.List;

/**
 * The system under test: one replica, spoken to in bytes only, as the replicated log and its snapshots do. Broken cores
 * wrap the real one to prove that the checks see what they break.
 */
public interface Core {
    /** Applies one log entry. */
    Result apply(byte[] entry);

    /** The whole state in bytes. */
    byte[] snapshot();

    /** Puts a state in the place of what was there. */
    void restore(byte[] snapshot);

    /** The state as a reader sees it. */
    LockSpace space();

    /** What an entry brought about. */
    record Result(List<Outcome> outcomes, List<Event> events) {}
}
