package io.lockgrid.testkit.agent.mutant;

import java.util.function.LongSupplier;
import net.bytebuddy.asm.Advice;

/** The leader counts time by its wall clock. */
final class EarlyByClockJump {
    private EarlyByClockJump() {}

    @SuppressWarnings("UnusedVariable") // Read by the method that this is woven into.
    @Advice.OnMethodEnter
    static void before(@Advice.Argument(value = 0, readOnly = false) LongSupplier nanoTime) {
        nanoTime = new WallNanos();
    }
}
