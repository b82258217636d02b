package io.lockgrid.testkit.agent.mutant;

import net.bytebuddy.asm.Advice;

/** The product notices some broken rules itself and stops; this one does not. */
final class Unchecked {
    private Unchecked() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean before() {
        return true;
    }
}
