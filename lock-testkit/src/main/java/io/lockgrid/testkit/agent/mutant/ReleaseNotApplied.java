package io.lockgrid.testkit.agent.mutant;

import io.lockgrid.statemachine.Outcome;
import net.bytebuddy.asm.Advice;

/** A node applies all but releases, so that its state is not that of the others. */
final class ReleaseNotApplied {
    private ReleaseNotApplied() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean before() {
        return true;
    }

    @SuppressWarnings("UnusedVariable") // Read by the method that this is woven into.
    @Advice.OnMethodExit
    static void after(@Advice.Return(readOnly = false) Outcome outcome) {
        outcome = new Outcome.Refused(Outcome.Reason.NOT_HELD);
    }
}
