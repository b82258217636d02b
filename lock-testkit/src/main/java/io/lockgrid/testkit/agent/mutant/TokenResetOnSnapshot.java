package io.lockgrid.testkit.agent.mutant;

import net.bytebuddy.asm.Advice;

/** A lock space that is read from a snapshot counts its fencing tokens from 1 again. */
final class TokenResetOnSnapshot {
    private TokenResetOnSnapshot() {}

    @SuppressWarnings("UnusedVariable") // Read by the method that this is woven into.
    @Advice.OnMethodEnter
    static void before(@Advice.Argument(value = 2, readOnly = false) long lastToken) {
        lastToken = 0;
    }
}
