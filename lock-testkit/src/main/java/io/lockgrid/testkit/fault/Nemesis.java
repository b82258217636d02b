package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.cluster.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Goes through faults, again and again: quiet for a while, a fault for a while, and heal. */
public final class Nemesis {
    private static final int QUIET_MILLIS_MIN = 1_000;
    private static final int QUIET_MILLIS_MAX = 3_000;
    private static final int FAULT_MILLIS_MIN = 2_000;
    private static final int FAULT_MILLIS_MAX = 6_000;

    private final FaultContext context;
    private final List<Fault> faults;

    /** One fault at least. */
    public Nemesis(FaultContext context, List<Fault> faults) {
        this.context = context;
        this.faults = List.copyOf(faults);
    }

    /**
     * Injects every fault once at least, in random order, and begins again until the length is over; returns when all
     * is healed, which may be later.
     *
     * @throws AssertionError if a fault could not be injected or healed
     */
    public void run(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        List<Fault> order = new ArrayList<>(faults);
        Collections.shuffle(order, context.random());
        int turns = 0;
        do {
            pass(QUIET_MILLIS_MIN, QUIET_MILLIS_MAX);
            Fault fault = order.get(turns++ % order.size());
            fault.inject(context);
            pass(FAULT_MILLIS_MIN, FAULT_MILLIS_MAX);
            fault.heal(context);
        } while (turns < order.size() || System.nanoTime() < end);
    }

    private void pass(int millisMin, int millisMax) {
        Await.passed(Duration.ofMillis(context.random().nextInt(millisMin, millisMax + 1)));
    }
}
