package io.lockgrid.node.pipeline;

import static io.lockgrid.node.pipeline.PipelineRig.assertFailed;
import static io.lockgrid.node.pipeline.PipelineRig.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.pipeline.ScriptedLog.Try;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Outcome.Reason;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.SubmitException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of commands that have no answer in time. */
class GivingUpTest {
    private final PipelineRig rig = PipelineRig.started();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void theOutcomeIsUnknownWhenTheTimeIsOverAndTheBatchMayBeInTheLog() throws Exception {
        CompletableFuture<Answer> answer = rig.submit("a");
        rig.log.next().unknown();
        rig.pipeline.leadershipChanged();
        rig.log.next().notAppended(); // That the second try failed says nothing of the first.
        rig.pass(CommandPipeline.DEADLINE_NANOS);
        assertFailed(answer, SubmitException.OutcomeUnknown.class);
    }

    @Test
    void theOutcomeIsUnknownWhenTheTimeIsOverAndATryIsUnderWay() throws Exception {
        CompletableFuture<Answer> answer = rig.submit("a");
        rig.log.next();
        rig.pass(CommandPipeline.DEADLINE_NANOS);
        assertFailed(answer, SubmitException.OutcomeUnknown.class);
    }

    @Test
    void aCommandIsCertainlyNotSentWhenTheTimeIsOverAndNoTryReachedTheLog() throws Exception {
        CompletableFuture<Answer> answer = rig.submit("a");
        rig.log.next().notAppended();
        rig.pipeline.leadershipChanged();
        rig.log.next().notAppended();
        rig.pass(CommandPipeline.DEADLINE_NANOS);
        assertFailed(answer, SubmitException.NotSent.class);
    }

    @Test
    void nothingIsGivenUpBeforeItsTimeAndTheWaitCounts() throws Exception {
        List<Try> inFlight = rig.fill();
        rig.pass(CommandPipeline.DEADLINE_NANOS - 1);
        CompletableFuture<Answer> late = rig.submit("late");
        inFlight.getFirst().applied(1);
        Try lateTry = rig.log.next();
        assertThat(lateTry.tickets()).containsExactly("late");
        rig.pass(CommandPipeline.DEADLINE_NANOS - 1);
        lateTry.applied(2);
        assertThat(get(late).index()).isEqualTo(2);
    }

    @Test
    void whatIsGivenUpMakesRoomForWhatWaits() throws Exception {
        rig.fill();
        rig.pass(CommandPipeline.DEADLINE_NANOS / 2);
        submitMany(1);
        rig.pass(CommandPipeline.DEADLINE_NANOS / 2);
        assertThat(rig.log.next().tickets()).containsExactly("g1");
    }

    @Test
    void aLateAnswerAfterGivingUpChangesNothing() throws Exception {
        CompletableFuture<Answer> answer = rig.submit("a");
        Try late = rig.log.next();
        rig.pass(CommandPipeline.DEADLINE_NANOS);
        assertFailed(answer, SubmitException.OutcomeUnknown.class);
        late.applied(1);
        CompletableFuture<Answer> next = rig.submit("b");
        rig.log.next().applied(2);
        assertThat(get(next).index()).isEqualTo(2);
        assertFailed(answer, SubmitException.OutcomeUnknown.class);
        rig.assertRoomFor(CommandPipeline.PENDING_MAX);
    }

    @Test
    void aForgottenBatchHasNoKnownOutcomeAndTheNextOneComesFromANewOrigin() throws Exception {
        CompletableFuture<Answer> known = rig.submit("known");
        rig.log.next().applied(1);
        get(known);
        CompletableFuture<Answer> answer = rig.submit("a");
        rig.log.next().appliedWith(2, List.of(new Outcome.Refused(Reason.BATCH_FORGOTTEN)));
        assertFailed(answer, SubmitException.OutcomeUnknown.class);
        submitMany(1);
        var batch = rig.log.next().batch();
        assertThat(batch.origin()).isEqualTo(PipelineRig.FIRST_ORIGIN + 1);
        assertThat(batch.sequence()).isEqualTo(1);
        assertThat(batch.floor()).isEqualTo(1);
    }

    @Test
    void anOriginThatTheGridMayNotKnowIsLeftWhenItsFirstBatchIsGivenUp() throws Exception {
        CompletableFuture<Answer> answer = rig.submit("a");
        rig.log.next();
        rig.pass(CommandPipeline.DEADLINE_NANOS);
        assertFailed(answer, SubmitException.OutcomeUnknown.class);
        submitMany(1);
        // Its floor in the old origin would be 2, which the grid refuses of an origin that it never saw.
        assertThat(rig.log.next().batch().origin()).isEqualTo(PipelineRig.FIRST_ORIGIN + 1);
    }

    @Test
    void anOriginThatTheGridKnowsIsKeptWhenABatchIsGivenUp() throws Exception {
        CompletableFuture<Answer> known = rig.submit("known");
        rig.log.next().applied(1);
        get(known);
        CompletableFuture<Answer> answer = rig.submit("a");
        rig.log.next();
        rig.pass(CommandPipeline.DEADLINE_NANOS);
        assertFailed(answer, SubmitException.OutcomeUnknown.class);
        submitMany(1);
        var batch = rig.log.next().batch();
        assertThat(batch.origin()).isEqualTo(PipelineRig.FIRST_ORIGIN);
        assertThat(batch.sequence()).isEqualTo(3);
        assertThat(batch.floor()).isEqualTo(3);
    }

    @Test
    void closingFailsAllThatHasNoAnswer() throws Exception {
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < CommandPipeline.IN_FLIGHT_MAX; i++) {
            sent.add(rig.submit("s" + i));
            rig.log.next();
        }
        CompletableFuture<Answer> waiting = rig.submit("waiting");
        CompletableFuture<Long> read = rig.read();
        rig.pipeline.close();
        sent.forEach(one -> assertFailed(one, SubmitException.OutcomeUnknown.class));
        assertFailed(waiting, SubmitException.NotSent.class);
        assertFailed(read, SubmitException.NotSent.class);
        assertFailed(rig.submit("later"), SubmitException.NotSent.class);
        assertFailed(rig.read(), SubmitException.NotSent.class);
    }

    private void submitMany(int count) {
        for (int i = 1; i <= count; i++) {
            assertThat(rig.submit("g" + i)).isNotDone();
        }
    }
}
