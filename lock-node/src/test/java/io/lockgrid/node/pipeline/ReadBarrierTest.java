package io.lockgrid.node.pipeline;

import static io.lockgrid.node.pipeline.PipelineRig.assertFailed;
import static io.lockgrid.node.pipeline.PipelineRig.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.pipeline.ScriptedLog.Try;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.SubmitException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How reads wait for an entry of the log that is younger than they are. */
class ReadBarrierTest {
    private final PipelineRig rig = PipelineRig.started();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aReadWithoutTrafficHasAnEntryOfItsOwnWithoutCommands() throws Exception {
        CompletableFuture<Long> read = rig.read();
        Try barrier = rig.log.next();
        assertThat(barrier.hasNoCommands()).isTrue();
        barrier.applied(12);
        assertThat(get(read)).isEqualTo(12);
    }

    @Test
    void readsThatWaitShareOneEntry() throws Exception {
        List<Try> inFlight = rig.fill();
        CompletableFuture<Long> first = rig.read();
        CompletableFuture<Long> second = rig.read();
        inFlight.get(0).applied(1);
        Try barrier = rig.log.next();
        assertThat(barrier.hasNoCommands()).isTrue();
        inFlight.get(1).applied(2);
        assertThat(rig.submit("next")).isNotDone();
        assertThat(rig.log.next().tickets()).containsExactly("next"); // And not a second barrier.
        barrier.applied(3);
        assertThat(get(first)).isEqualTo(3);
        assertThat(get(second)).isEqualTo(3);
    }

    @Test
    void readsRideOnTheNextBatch() throws Exception {
        List<Try> inFlight = rig.fill();
        CompletableFuture<Answer> command = rig.submit("a");
        CompletableFuture<Long> read = rig.read();
        inFlight.getFirst().applied(1);
        Try both = rig.log.next();
        assertThat(both.tickets()).containsExactly("a");
        both.applied(6);
        assertThat(get(command).index()).isEqualTo(6);
        assertThat(get(read)).isEqualTo(6);
    }

    @Test
    void aReadIsNeverAnsweredByAnEntryThatWasSentBeforeItCame() throws Exception {
        List<Try> inFlight = rig.fill();
        CompletableFuture<Long> read = rig.read();
        for (int i = 0; i < inFlight.size(); i++) {
            inFlight.get(i).applied(1 + i);
        }
        Try own = rig.log.next();
        assertThat(read).isNotDone();
        own.applied(9);
        assertThat(get(read)).isEqualTo(9);
    }

    @Test
    void aReadWhoseEntryIsSentAgainWaitsForTheTryThatIsAnswered() throws Exception {
        CompletableFuture<Long> read = rig.read();
        rig.log.next().unknown();
        rig.pipeline.leadershipChanged();
        rig.log.next().applied(5);
        assertThat(get(read)).isEqualTo(5);
    }

    @Test
    void aReadThatNoQuorumConfirmedFailsAndMayBeAskedAgain() throws Exception {
        CompletableFuture<Long> sent = rig.read();
        rig.log.next().unknown();
        rig.pass(CommandPipeline.DEADLINE_NANOS);
        // A read changes nothing, so that its entry may be in the log does not matter.
        assertFailed(sent, SubmitException.NotSent.class);
        rig.assertRoomFor(CommandPipeline.PENDING_MAX);
    }

    @Test
    void readsOnAFailedBatchMayBeAskedAgainThoughItsCommandsMayNot() throws Exception {
        List<Try> inFlight = rig.fill();
        CompletableFuture<Answer> command = rig.submit("a");
        CompletableFuture<Long> read = rig.read();
        inFlight.getFirst().applied(1);
        rig.log.next().unknown();
        rig.pass(CommandPipeline.DEADLINE_NANOS);
        assertFailed(command, SubmitException.OutcomeUnknown.class);
        assertFailed(read, SubmitException.NotSent.class);
    }
}
