package io.lockgrid.testkit.agent.mutant;

import net.bytebuddy.asm.Advice;

/** A waiter that leaves the queue is told so, keeps its place, and is granted the lock when its turn comes. */
final class EndedTicketRevived {
    private EndedTicketRevived() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean before() {
        return true;
    }
}
