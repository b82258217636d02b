package io.lockgrid.node.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Renewals, which come in thousands and which nobody waits for. */
class RenewalsTest {
    private final PipelineRig rig = PipelineRig.started();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void oneAfterTheOtherIsNotHeldUp() throws Exception {
        for (int i = 1; i <= 10; i++) {
            CompletableFuture<?> renewal = rig.renew("r" + i);
            rig.log.next().applied(i);
            PipelineRig.get(renewal);
        }
    }

    @Test
    void afterABatchOfSeveralTheyGatherForAsLongAsThatWasLarge() throws Exception {
        sendBatchOf(3);
        List<String> tickets = IntStream.range(0, 100).mapToObj(i -> "r" + i).toList();
        tickets.forEach(ticket -> assertThat(rig.renew(ticket)).isNotDone());
        rig.pass(3 * CommandPipeline.GATHER_NANOS - 1);
        assertThat(rig.log.isIdle()).isTrue();
        rig.pass(1);
        assertThat(rig.log.next().tickets()).isEqualTo(tickets);
    }

    @Test
    void theyNeverGatherForLongerThanTheBound() throws Exception {
        sendBatchOf(200);
        assertThat(rig.renew("a")).isNotDone();
        rig.pass(CommandPipeline.GATHER_NANOS_MAX);
        assertThat(rig.log.next().tickets()).containsExactly("a");
    }

    @Test
    void theyGoAtTheirTimeThoughNothingElseHappens() throws Exception {
        sendBatchOf(2);
        assertThat(rig.renew("a")).isNotDone();
        rig.passUnnoticed(10);
        assertThat(rig.log.next().tickets()).containsExactly("a");
    }

    @Test
    void aCommandTakesThemAlong() throws Exception {
        sendBatchOf(2);
        assertThat(rig.renew("a")).isNotDone();
        assertThat(rig.submit("b")).isNotDone();
        assertThat(rig.log.next().tickets()).containsExactly("a", "b");
    }

    @Test
    void aReadTakesThemAlong() throws Exception {
        sendBatchOf(2);
        CompletableFuture<?> renewal = rig.renew("a");
        CompletableFuture<Long> read = rig.read();
        rig.log.next().applied(7);
        PipelineRig.get(renewal);
        assertThat(PipelineRig.get(read)).isEqualTo(7);
    }

    @Test
    void aFullBatchDoesNotWait() throws Exception {
        sendBatchOf(2);
        for (int i = 0; i < CommandPipeline.BATCH_COMMANDS_MAX; i++) {
            assertThat(rig.renew("r" + i)).isNotDone();
        }
        assertThat(rig.log.next().tickets()).hasSize(CommandPipeline.BATCH_COMMANDS_MAX);
    }

    /** They gather while enough batches are on their way, and one of these returns. */
    private void sendBatchOf(int size) throws Exception {
        List<ScriptedLog.Try> inFlight = rig.fill();
        for (int i = 0; i < size; i++) {
            assertThat(rig.submit("b" + i)).isNotDone();
        }
        inFlight.get(0).applied(1);
        assertThat(rig.log.next().tickets()).hasSize(size);
        inFlight.get(1).applied(2);
    }
}
