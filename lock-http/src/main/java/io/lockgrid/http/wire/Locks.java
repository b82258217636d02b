package io.lockgrid.http.wire;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.LockService.View;
import io.lockgrid.statemachine.service.NodeStatus;
import io.lockgrid.statemachine.service.SubmitException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The lock service as one event loop sees it: answers come back on the loop, within a bound. */
public final class Locks {
    private final Context context;
    private final LockService service;
    private final Deadlines deadlines;
    private final InFlight inFlight;

    public Locks(Context context, LockService service, Deadlines deadlines, InFlight inFlight) {
        this.context = context;
        this.service = service;
        this.deadlines = deadlines;
        this.inFlight = inFlight;
    }

    /** Sends a command; fails with {@link SubmitException} when there is no outcome. */
    public Future<Answer> submit(Command command) {
        return bounded(service.submit(command), () -> new SubmitException.OutcomeUnknown(late()))
                .compose(Locks::decided);
    }

    /** The lock space as it is at some moment between this call and its completion. */
    public Future<View> read() {
        return bounded(service.read(), () -> new SubmitException.NotSent(late()));
    }

    /**
     * The lock space with the entry at {@code index} in it, which the caller has seen answered: this node's own as soon
     * as it is as far as that. Since the entry came after the request, so does the view. Without a view nobody can tell
     * the caller what came of a command that is in the log by then.
     */
    public Future<View> readFrom(long index) {
        NodeStatus status = service.status();
        return status.appliedIndex() >= index
                ? Future.succeededFuture(new View(status.space(), status.appliedIndex(), status.term()))
                : bounded(service.at(index), () -> new SubmitException.NotSent(late()))
                        .recover(e -> Future.failedFuture(e instanceof SubmitException ? unseen(e) : e));
    }

    /**
     * The lock space as soon as the ticket is not in the queue, or as it is when the client has waited as long as it
     * would ({@link Call#waitSeconds}): what was seen if either is so now, else as this node or a {@link #read} has it.
     * Fails with {@link Failure.ClientGone} if the client does not wait for it.
     */
    public Future<View> settled(Call call, View seen, LockName lock, String ticket) {
        return call.waitSeconds() == 0 || !seen.space().isWaiting(lock, ticket)
                ? Future.succeededFuture(seen)
                : settled(call, lock, ticket);
    }

    /** Holds no view while it waits: a thousand that are seconds apart could be as large as the lock space each. */
    private Future<View> settled(Call call, LockName lock, String ticket) {
        if (!inFlight.beginWait()) {
            return Future.failedFuture(new Failure.Carrier(inFlight.full()));
        }
        Promise<Optional<View>> over = Promise.promise();
        long timer = context.owner().setTimer(call.waitSeconds() * 1000L, enough -> over.tryComplete(Optional.empty()));
        CompletableFuture<View> settled = service.settled(lock, ticket).toCompletableFuture();
        var unused = settled.whenComplete((view, error) -> context.runOnContext(here -> {
            if (error == null) {
                over.tryComplete(Optional.of(view));
            } else {
                over.tryFail(cause(error));
            }
        }));
        call.onGone(() -> over.tryFail(new Failure.Carrier(new Failure.ClientGone())));
        return over.future()
                .onComplete(ended -> {
                    inFlight.endWait();
                    context.owner().cancelTimer(timer);
                    settled.cancel(false);
                })
                .compose(view -> view.map(Future::succeededFuture).orElseGet(this::read));
    }

    /** How many nodes there are, and how many the leader hears. */
    public Future<LockService.Members> members() {
        return bounded(service.members(), () -> new SubmitException.NotSent(late()));
    }

    /** Completes after a while. */
    public Future<Void> pause(Duration length) {
        return context.owner().timer(length.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
    }

    /** What this node knows of itself. */
    public NodeStatus status() {
        return service.status();
    }

    private static SubmitException unseen(Throwable why) {
        return new SubmitException.OutcomeUnknown("what came of it could not be looked up (" + why.getMessage() + ")");
    }

    private String late() {
        return "no answer from the replicated log within " + deadlines.length().toMillis() + " ms";
    }

    /** A forgotten batch was not applied now, but may have been before. */
    private static Future<Answer> decided(Answer answer) {
        return answer.outcome() instanceof Outcome.Refused(var reason) && reason == Outcome.Reason.BATCH_FORGOTTEN
                ? Future.failedFuture(new SubmitException.OutcomeUnknown("the log has forgotten the batch"))
                : Future.succeededFuture(answer);
    }

    private <T> Future<T> bounded(CompletionStage<T> stage, Supplier<SubmitException> late) {
        Promise<T> promise = Promise.promise();
        Deadlines.Deadline deadline = deadlines.set(() -> promise.tryFail(late.get()));
        stage.whenComplete((value, error) -> context.runOnContext(here -> {
            deadline.met();
            if (error == null) {
                promise.tryComplete(value);
            } else {
                promise.tryFail(cause(error));
            }
        }));
        return promise.future();
    }

    private static Throwable cause(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof CompletionException && cause != null ? cause : error;
    }
}
