package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.Event;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;

/** Every grant has a larger token than any grant before it, of whatever lock. */
public final class TokensOnlyGrow implements Invariant {
    private long last;

    @Override
    public void check(Observation step) {
        for (Event event : step.events()) {
            if (event instanceof Event.Granted granted) {
                require(granted.token() > last, "%s was granted after token %d", granted, last);
                last = granted.token();
            }
        }
    }
}
