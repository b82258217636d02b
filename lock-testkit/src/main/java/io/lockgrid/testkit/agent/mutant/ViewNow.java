package io.lockgrid.testkit.agent.mutant;

import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.service.LockService.View;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a member of the Raft group has applied; for {@link StaleRead}. The testkit does not know the member's class. */
public final class ViewNow {
    private ViewNow() {}

    /** An answer that is there at once. */
    public static CompletionStage<View> of(Object member) {
        try {
            Object position = member.getClass().getMethod("position").invoke(member);
            return CompletableFuture.completedFuture(new View(
                    (LockSpace) position.getClass().getMethod("space").invoke(position),
                    (long) position.getClass().getMethod("index").invoke(position),
                    (long) position.getClass().getMethod("term").invoke(position)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no position of " + member, e);
        }
    }
}
