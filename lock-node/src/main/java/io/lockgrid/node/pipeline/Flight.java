package io.lockgrid.node.pipeline;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Outcome.Reason;
import io.lockgrid.statemachine.codec.ReplyCodec.Reply;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.SubmitException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An entry on its way: a batch with its commands, the reads that it is a barrier for, or both. Its fields belong to the
 * pipeline's lock.
 */
final class Flight {
    private final List<PendingCommand> commands;
    private final List<CompletableFuture<Long>> reads;

    final long deadlineNanos;
    Optional<Batch> batch = Optional.empty();
    long retryAtNanos;
    boolean sending;
    boolean mayBeInLog;
    boolean isOver;
    String lastFailure = "no quorum answered";
    private @Nullable Origin origin;
    private long sequence;

    Flight(List<PendingCommand> commands, List<CompletableFuture<Long>> reads, long deadlineNanos, long nowNanos) {
        this.commands = commands;
        this.reads = reads;
        this.deadlineNanos = deadlineNanos;
        this.retryAtNanos = nowNanos;
    }

    /** Gives the commands the next number of an origin, under which they are applied once. */
    void number(Origin next) {
        origin = next;
        sequence = next.take();
        batch = Optional.of(new Batch(
                next.number(),
                sequence,
                next.floor(),
                commands.stream().map(PendingCommand::command).toList()));
    }

    boolean isOf(Origin one) {
        return origin == one;
    }

    void answered() {
        if (origin != null) {
            origin.answered(sequence);
        }
    }

    void givenUp() {
        if (origin != null) {
            origin.givenUp(sequence);
        }
    }

    /** Not later than now; nanoTime may run over the end of a long, so two of them are only compared by difference. */
    void retryNow(long nowNanos) {
        if (retryAtNanos - nowNanos > 0) {
            retryAtNanos = nowNanos;
        }
    }

    int size() {
        return commands.size() + reads.size();
    }

    /** Whether the grid cannot tell any more if this batch was applied. */
    boolean isForgottenBy(Reply reply) {
        return !commands.isEmpty() && reply.outcomes().getFirst().equals(new Outcome.Refused(Reason.BATCH_FORGOTTEN));
    }

    void complete(Reply reply) {
        for (int i = 0; i < commands.size(); i++) {
            commands.get(i)
                    .answer()
                    .complete(new Answer(
                            reply.outcomes().get(i), reply.index(), reply.term(), reply.clusterTimeMillis()));
        }
        reads.forEach(read -> read.complete(reply.index()));
    }

    void fail(SubmitException commandFailure, SubmitException readFailure) {
        commands.forEach(command -> command.answer().completeExceptionally(commandFailure));
        reads.forEach(read -> read.completeExceptionally(readFailure));
    }
}
