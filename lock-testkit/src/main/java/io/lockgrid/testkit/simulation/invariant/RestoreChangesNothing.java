package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.testkit.simulation.GridState;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;

/** After a restart from a snapshot everything is what it was. */
public final class RestoreChangesNothing implements Invariant {
    @Override
    public void check(Observation step) {
        if (step.entry().isEmpty() && !step.before().equals(step.after())) {
            require(false, "the snapshot differs%s", GridState.difference(step.before(), step.after()));
        }
    }
}
