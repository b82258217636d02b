package io.lockgrid.node.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.node.pipeline.ScriptedLog.Try;
import io.lockgrid.node.raft.LogSender;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.SubmitException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A pipeline over a log and a clock that the test moves. Its commands are releases of a ticket, told by their id. */
final class PipelineRig implements AutoCloseable {
    /** The first origin that the pipeline draws; the others follow it. */
    static final long FIRST_ORIGIN = 71;

    // nanoTime starts anywhere and runs over the end of a long, which these tests do all the time.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final AtomicLong origins = new AtomicLong(FIRST_ORIGIN);
    private final ExecutorService replies = Executors.newSingleThreadExecutor();
    final ScriptedLog log = new ScriptedLog();
    final CommandPipeline pipeline =
            new CommandPipeline(replies, nanos::get, origins::getAndIncrement, "test-pipeline");

    static PipelineRig started() {
        PipelineRig rig = new PipelineRig();
        rig.pipeline.start(rig.log);
        return rig;
    }

    static PipelineRig startedWith(LogSender sender) {
        PipelineRig rig = new PipelineRig();
        rig.pipeline.start(sender);
        return rig;
    }

    CompletableFuture<Answer> submit(String ticket) {
        return pipeline.submit(new Command.ReleaseTicket(new LockName("test", "db"), ticket))
                .toCompletableFuture();
    }

    CompletableFuture<Answer> renew(String ticket) {
        return pipeline.submit(new Command.Renew(new LockName("test", "db"), ticket, 60_000))
                .toCompletableFuture();
    }

    CompletableFuture<Long> read() {
        return pipeline.barrier().toCompletableFuture();
    }

    /** Brings as many batches on their way as may be, of one command each. */
    List<Try> fill() throws InterruptedException {
        List<Try> inFlight = new ArrayList<>();
        for (int i = 1; i <= CommandPipeline.IN_FLIGHT_MAX; i++) {
            assertThat(submit("fill" + i)).isNotDone();
            inFlight.add(log.next());
        }
        return inFlight;
    }

    /** Time goes by, and the pipeline looks at the clock. */
    void pass(long passedNanos) {
        nanos.addAndGet(passedNanos);
        pipeline.leadershipChanged();
    }

    /** Time goes by, and nothing tells the pipeline. */
    void passUnnoticed(long passedMillis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(passedMillis));
    }

    /** Exactly so many more are taken. */
    void assertRoomFor(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(submit("room" + i)).isNotCompletedExceptionally();
        }
        assertThat(submit("no room")).isCompletedExceptionally();
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(5, TimeUnit.SECONDS);
    }

    static void assertFailed(CompletableFuture<?> future, Class<? extends SubmitException> how) {
        assertThatThrownBy(() -> get(future))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(how);
    }

    @Override
    public void close() {
        pipeline.close();
        replies.shutdown();
    }
}
