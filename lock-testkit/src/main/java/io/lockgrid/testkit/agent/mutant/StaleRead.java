package io.lockgrid.testkit.agent.mutant;

import io.lockgrid.statemachine.service.LockService.View;
import java.util.concurrent.CompletionStage;
import net.bytebuddy.asm.Advice;

/** A node answers reads from what it has applied so far, without asking whether others know more. */
final class StaleRead {
    private StaleRead() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static CompletionStage<View> before(@Advice.FieldValue("member") Object member) {
        return ViewNow.of(member);
    }

    @SuppressWarnings("UnusedVariable") // Read by the method that this is woven into.
    @Advice.OnMethodExit
    static void after(
            @Advice.Enter CompletionStage<View> view, @Advice.Return(readOnly = false) CompletionStage<View> answer) {
        answer = view;
    }
}
