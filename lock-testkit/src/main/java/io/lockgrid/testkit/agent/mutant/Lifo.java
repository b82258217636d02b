package io.lockgrid.testkit.agent.mutant;

import io.lockgrid.statemachine.Line;
import io.lockgrid.statemachine.Ticket;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** The lock passes to the last in line. */
final class Lifo {
    private Lifo() {}

    @Advice.OnMethodExit
    static void after(
            @Advice.This Line<?> line,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object first) {
        if (first instanceof Ticket) {
            first = line.reversed().next();
        }
    }
}
