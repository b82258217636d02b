package io.lockgrid.testkit.simulation;

import io.lockgrid.testkit.simulation.invariant.Invariants;
import org.junit.jupiter.api.Test;

/** See {@link Seeds} for how to run one seed, or many more. */
class SimulationTest {
    private static final int SEEDS = 10_000;

    @Test
    void everyPromiseHoldsAfterEveryStepOfEverySeed() {
        new Seeds(LockSpaceCore::new, Invariants::all).check(SEEDS);
    }
}
