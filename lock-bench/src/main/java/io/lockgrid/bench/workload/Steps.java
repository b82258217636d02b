package io.lockgrid.bench.workload;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Steps that follow each other. */
final class Steps {
    private Steps() {}

    /** Does the step with each item, one after the other, until one fails. */
    static <T> CompletableFuture<?> inTurn(Iterable<T> items, Function<T, CompletableFuture<?>> step) {
        var done = new CompletableFuture<Void>();
        next(items.iterator(), step, done);
        return done;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static <T> void next(
            Iterator<T> items, Function<T, CompletableFuture<?>> step, CompletableFuture<Void> done) {
        if (!items.hasNext()) {
            done.complete(null);
            return;
        }
        step.apply(items.next()).whenComplete((result, failure) -> {
            if (failure == null) {
                next(items, step, done);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }
}
