package io.lockgrid.testkit.agent.mutant;

import io.lockgrid.statemachine.Command;
import net.bytebuddy.asm.Advice;

/** A request that is sent again under its key has its effect again. */
final class IdempotencyKeyForgotten {
    private IdempotencyKeyForgotten() {}

    @Advice.OnMethodEnter
    static void before(@Advice.Argument(value = 0, readOnly = false) Command command) {
        if (command instanceof Command.Keyed keyed) {
            command = keyed.command();
        }
    }
}
