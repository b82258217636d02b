package io.lockgrid.node.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.raft.LogSender;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.codec.ReplyCodec.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A log that takes what it is sent and answers when the test says so. */
final class ScriptedLog implements LogSender {
    static final long TERM = 3;

    private final BlockingQueue<Try> tries = new LinkedBlockingQueue<>();

    /** One try to bring a batch into the log. */
    record Try(Optional<Batch> sentBatch, CompletableFuture<Sent> sent) {
        Batch batch() {
            return sentBatch.orElseThrow();
        }

        /** The tickets of its commands, which are all releases or renewals in these tests. */
        List<String> tickets() {
            return batch().commands().stream().map(Try::ticket).toList();
        }

        private static String ticket(Command command) {
            return command instanceof Command.Renew renewal
                    ? renewal.ticket()
                    : ((Command.ReleaseTicket) command).ticket();
        }

        boolean hasNoCommands() {
            return sentBatch.isEmpty();
        }

        void notAppended() {
            sent.complete(new Sent.NotAppended("the test says so"));
        }

        void unknown() {
            sent.complete(new Sent.Unknown("the test does not say"));
        }

        void applied(long index) {
            int count = hasNoCommands() ? 0 : batch().commands().size();
            appliedWith(index, Collections.nCopies(count, new Outcome.Refused(Outcome.Reason.NO_SUCH_TICKET)));
        }

        void appliedWith(long index, List<Outcome> outcomes) {
            sent.complete(new Sent.Applied(new Reply(index, TERM, 100 * index, outcomes)));
        }
    }

    @Override
    public CompletionStage<Sent> send(Optional<Batch> batch) {
        Try one = new Try(batch, new CompletableFuture<>());
        tries.add(one);
        return one.sent();
    }

    /** The next try, once it is made. */
    Try next() throws InterruptedException {
        Try one = tries.poll(5, TimeUnit.SECONDS);
        assertThat(one).as("a try to reach the log").isNotNull();
        // Once the pipeline waits for it, the answer is dealt with on the test's thread, and so before the next line.
        while (one.sent().getNumberOfDependents() == 0) {
            Thread.onSpinWait();
        }
        return one;
    }

    boolean isIdle() {
        return tries.isEmpty();
    }
}
