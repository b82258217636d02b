package io.lockgrid.testkit.agent.mutant;

import net.bytebuddy.asm.Advice;

/** No lease ever ends by itself. */
final class LeaseWithoutEnd {
    private LeaseWithoutEnd() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean before() {
        return true;
    }
}
