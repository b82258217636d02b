package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.testkit.simulation.Core;
import io.lockgrid.testkit.simulation.GridState;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import io.lockgrid.testkit.simulation.SimpleModel;

/** Outcomes, events and state are those of a second, simple lock space. */
public final class LikeTheModel implements Invariant {
    private final SimpleModel model = new SimpleModel();

    @Override
    public void check(Observation step) {
        if (step.entry().isPresent()) {
            Core.Result expected = model.apply(step.entry().get());
            require(
                    expected.outcomes().equals(step.outcomes()),
                    "outcomes should be %s but are %s",
                    expected.outcomes(),
                    step.outcomes());
            require(
                    expected.events().equals(step.events()),
                    "events should be %s but are %s",
                    expected.events(),
                    step.events());
        }
        if (!model.state().equals(step.after())) {
            require(false, "the state differs%s", GridState.difference(model.state(), step.after()));
        }
    }
}
