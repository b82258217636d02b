package io.lockgrid.node.pipeline;

import static io.lockgrid.node.pipeline.PipelineRig.assertFailed;
import static io.lockgrid.node.pipeline.PipelineRig.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.pipeline.ScriptedLog.Try;
import io.lockgrid.node.raft.LogSender;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Outcome.Reason;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.SubmitException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How commands become entries. */
class CommandPipelineTest {
    private final PipelineRig rig = PipelineRig.started();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aCommandIsSentAtOnceWhileFewAreInFlight() throws Exception {
        for (int i = 1; i <= CommandPipeline.IN_FLIGHT_MAX; i++) {
            assertThat(rig.submit("t" + i)).isNotDone();
            assertThat(rig.log.next().tickets()).containsExactly("t" + i);
        }
    }

    @Test
    void commandsGatherWhileEnoughAreInFlightAndThenGoTogether() throws Exception {
        List<Try> inFlight = rig.fill();
        submitMany(100);
        inFlight.getFirst().applied(1);
        assertThat(rig.log.next().tickets())
                .isEqualTo(IntStream.rangeClosed(1, 100).mapToObj(i -> "g" + i).toList());
    }

    @Test
    void oneBatchHasABoundAndTheRestGoesWithTheNext() throws Exception {
        List<Try> inFlight = rig.fill();
        submitMany(CommandPipeline.BATCH_COMMANDS_MAX + 1);
        inFlight.get(0).applied(1);
        assertThat(rig.log.next().tickets()).hasSize(CommandPipeline.BATCH_COMMANDS_MAX);
        inFlight.get(1).applied(2);
        assertThat(rig.log.next().tickets()).containsExactly("g" + (CommandPipeline.BATCH_COMMANDS_MAX + 1));
    }

    @Test
    void eachCommandGetsItsOwnOutcomeAndWhereItWasDecided() throws Exception {
        List<Try> inFlight = rig.fill();
        CompletableFuture<Answer> first = rig.submit("a");
        CompletableFuture<Answer> second = rig.submit("b");
        inFlight.getFirst().applied(1);
        var held = new Outcome.Refused(Reason.NOT_HELD);
        var other = new Outcome.Refused(Reason.HELD_BY_OTHER);
        rig.log.next().appliedWith(8, List.of(held, other));
        assertThat(get(first)).isEqualTo(new Answer(held, 8, ScriptedLog.TERM, 800));
        assertThat(get(second)).isEqualTo(new Answer(other, 8, ScriptedLog.TERM, 800));
    }

    @Test
    void aBatchThatWasNotAppendedIsSentAgainInTheSameBytes() throws Exception {
        CompletableFuture<Answer> answer = rig.submit("a");
        Try first = rig.log.next();
        first.notAppended();
        rig.passUnnoticed(50);
        Try second = rig.log.next();
        assertThat(second.sentBatch()).isEqualTo(first.sentBatch());
        second.applied(1);
        get(answer);
    }

    @Test
    void aBatchThatMayBeInTheLogIsSentAgainUnderItsNumberAndItsFloor() throws Exception {
        assertThat(rig.submit("a")).isNotDone();
        Try earlier = rig.log.next();
        CompletableFuture<Answer> answer = rig.submit("b");
        Try first = rig.log.next();
        earlier.applied(1); // By now the floor would be another.
        first.unknown();
        rig.passUnnoticed(50);
        Try second = rig.log.next();
        assertThat(second.sentBatch()).isEqualTo(first.sentBatch());
        assertThat(second.batch().origin()).isEqualTo(PipelineRig.FIRST_ORIGIN);
        assertThat(second.batch().sequence()).isEqualTo(2);
        assertThat(second.batch().floor()).isEqualTo(1);
        second.applied(4);
        assertThat(get(answer).index()).isEqualTo(4);
    }

    @Test
    void theFloorIsTheOldestBatchThatHasNoAnswer() throws Exception {
        List<Try> inFlight = rig.fill();
        inFlight.get(1).applied(2);
        submitMany(1);
        assertThat(rig.log.next().batch().floor()).isEqualTo(1);
        inFlight.get(0).applied(1);
        submitMany(1);
        assertThat(rig.log.next().batch().floor()).isEqualTo(3);
    }

    @Test
    void noBatchRunsFurtherAheadOfAnUnansweredOneThanTheGridRemembers() throws Exception {
        assertThat(rig.submit("slow")).isNotDone();
        Try slow = rig.log.next();
        for (int i = 2; i <= Limits.UNANSWERED_BATCHES_MAX; i++) {
            CompletableFuture<Answer> quick = rig.submit("quick");
            rig.log.next().applied(i);
            get(quick);
        }
        submitMany(1);
        rig.pass(1);
        assertThat(rig.log.isIdle()).isTrue();
        slow.applied(1);
        assertThat(rig.log.next().batch().sequence()).isEqualTo(Limits.UNANSWERED_BATCHES_MAX + 1);
    }

    @Test
    void anotherTryWaitsForAPauseOrForNewsOfALeader() throws Exception {
        assertThat(rig.submit("a")).isNotDone();
        Try first = rig.log.next();
        first.notAppended();
        // Without either, the next thing sent is another command, and not the first one again.
        assertThat(rig.submit("b")).isNotDone();
        assertThat(rig.log.next().tickets()).containsExactly("b");
        rig.pipeline.leadershipChanged();
        assertThat(rig.log.next().sentBatch()).isEqualTo(first.sentBatch());
    }

    @Test
    void aTryUnderWayIsNotMadeTwiceForNewsOfALeader() throws Exception {
        assertThat(rig.submit("a")).isNotDone();
        rig.log.next();
        rig.pipeline.leadershipChanged();
        assertThat(rig.submit("b")).isNotDone();
        assertThat(rig.log.next().tickets()).containsExactly("b");
    }

    @Test
    void beyondTheBoundACallerIsToldToComeBackAndNothingIsQueued() throws Exception {
        CompletableFuture<Answer> first = rig.submit("first");
        Try one = rig.log.next();
        rig.assertRoomFor(CommandPipeline.PENDING_MAX - 1);
        assertFailed(rig.submit("more"), SubmitException.Overloaded.class);
        assertFailed(rig.read(), SubmitException.Overloaded.class);
        one.applied(1);
        get(first);
        rig.assertRoomFor(1);
    }

    @Test
    @Timeout(10)
    void aSenderThatThrowsIsTriedAgainAndStopsNothing() throws Exception {
        AtomicBoolean thrown = new AtomicBoolean();
        LogSender throwsOnce = batch -> {
            if (thrown.compareAndSet(false, true)) {
                throw new IllegalStateException("the test says no");
            }
            return rig.log.send(batch);
        };
        try (PipelineRig other = PipelineRig.startedWith(throwsOnce)) {
            CompletableFuture<Answer> answer = other.submit("a");
            while (rig.log.isIdle()) {
                other.pass(1);
            }
            rig.log.next().applied(1);
            assertThat(get(answer).index()).isEqualTo(1);
        }
    }

    private void submitMany(int count) {
        for (int i = 1; i <= count; i++) {
            assertThat(rig.submit("g" + i)).isNotDone();
        }
    }
}
