package io.lockgrid.testkit.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The witness and the search accept what can be explained, and nothing else. */
class LinearizabilityTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>(new WitnessCheck(LIMIT).findings(history));
        findings.addAll(new LinearizabilitySearch(LIMIT).findings(history));
        return findings;
    }

    private static void accepted(Told told) {
        assertThat(findings(told.history())).isEmpty();
    }

    private static void rejected(Told told) {
        assertThat(findings(told.history())).isNotEmpty();
    }

    @Test
    void aGrantWithinAHoldIsRejected() {
        rejected(new Told().withClock().granted("ann", 0, 5, 1, 10).granted("bob", 6, 9, 2, 11));
    }

    @Test
    void aLockThatIsRefusedWhileItIsFreeIsRejected() {
        rejected(new Told()
                .withClock()
                .granted("ann", 0, 5, 1, 10)
                .released("ann", 6, 9, 11)
                .refused("bob", 10, 12, 12));
    }

    @Test
    void aClaimThatWasNotSentExplainsNoRefusal() {
        rejected(new Told()
                .withClock()
                .granted("ann", 0, 5, 1, 10)
                .released("ann", 6, 9, 11)
                .claimNotSent("eve", 7, 50)
                .refused("bob", 10, 12, 12));
    }

    @Test
    void anUnknownClaimExplainsARefusal() {
        accepted(new Told()
                .withClock()
                .granted("ann", 0, 5, 1, 10)
                .released("ann", 6, 9, 11)
                .claimUnknown("eve", 7, 50)
                .refused("bob", 10, 12, 12));
    }

    @Test
    void anUnknownClaimThatWasMadeLaterExplainsNothing() {
        rejected(new Told()
                .withClock()
                .granted("ann", 0, 5, 1, 10)
                .released("ann", 6, 9, 11)
                .refused("bob", 10, 12, 12)
                .claimUnknown("eve", 13, 50));
    }

    @Test
    void anUnknownClaimExplainsOneGrantAndNotTwo() {
        Told told = new Told()
                .withClock()
                .claimUnknown("eve", 0, 50)
                .refused("bob", 10, 12, 12)
                .granted("ann", 60, 65, 2, 20)
                .released("ann", 66, 69, 21);
        rejected(told.refused("bob2", 70, 72, 22));
    }

    @Test
    void anUnknownReleaseExplainsAnEarlyGrant() {
        accepted(new Told()
                .withClock()
                .granted("ann", 0, 5, 1, 10)
                .releaseUnknown("ann", 6, 90)
                .granted("bob", 20, 25, 2, 12));
    }

    @Test
    void aReleaseThatWasSentAgainTookEffectBeforeItsIndex() {
        accepted(new Told()
                .withClock()
                .granted("ann", 0, 5, 1, 10)
                .released("ann", 6, 90, 30)
                .granted("bob", 20, 25, 2, 12)
                .released("bob", 30, 35, 13));
    }

    @Test
    void aReleaseThatWasSentAgainCannotTakeEffectBeforeItWasAsked() {
        rejected(new Told()
                .withClock()
                .granted("ann", 0, 5, 1, 10)
                .granted("bob", 20, 25, 2, 12)
                .released("ann", 26, 90, 30));
    }

    @Test
    void aQueueOutOfTurnIsRejected() {
        rejected(new Told()
                .withClock()
                .granted("ann", 0, 5, 1, 10)
                .queued("bob", 10, 12, 11)
                .queued("eve", 20, 22, 12)
                .released("ann", 30, 32, 13)
                .holds("eve", 40, 42, 2, 14));
    }

    @Test
    void aListThatNoOrderCanShowIsRejected() {
        Told told = new Told()
                .withClock()
                .granted("ann", 0, 5, 1, 10)
                .queued("bob", 6, 12, 11)
                .queued("eve", 6, 12, 11)
                .listed(12, "ann", "eve", "bob");
        accepted(told);
        rejected(told.listed(13, "ann", "bob", "eve"));
    }

    @Test
    void whatIsNotDecidedInTimeHasFailed() {
        History history = RandomClients.history(new RandomGrid(1, 0.03, 0.02), 3, 500);

        assertThat(new LinearizabilitySearch(Duration.ZERO).findings(history))
                .anyMatch(finding -> finding.what().startsWith("undecided"));
    }

    /** A wrong answer. */
    enum Lie {
        HOLDER_SAID_NOT_TO_HOLD,
        WRONG_PLACE,
        GRANTED_WHILE_HELD,
        OLD_TOKEN,
        RELEASE_SAID_TO_HAVE_FAILED,
        GRANT_SAID_NOT_TO_BE_SENT;

        /** Whether an answer can be made this lie. */
        boolean fits(Operation op) {
            return !op.family().equals("opensearch")
                    && switch (this) {
                        case HOLDER_SAID_NOT_TO_HOLD -> op.action() == Action.LOOK && op.saysHeld();
                        case WRONG_PLACE -> op.action() == Action.LOOK && op.position() > 0;
                        case GRANTED_WHILE_HELD -> op.action() == Action.CLAIM && op.outcome() == Outcome.FAIL;
                        case OLD_TOKEN -> op.action() == Action.LOOK && op.token() > 5;
                        case RELEASE_SAID_TO_HAVE_FAILED -> op.action() == Action.RELEASE && op.outcome() == Outcome.OK;
                        case GRANT_SAID_NOT_TO_BE_SENT -> op.action() == Action.CLAIM && op.saysHeld();
                    };
        }

        Operation of(Operation op) {
            return switch (this) {
                case HOLDER_SAID_NOT_TO_HOLD, RELEASE_SAID_TO_HAVE_FAILED -> with(op, Outcome.FAIL, 0, 0);
                case WRONG_PLACE -> with(op, op.outcome(), 0, op.position() + 1);
                case GRANTED_WHILE_HELD -> with(op, Outcome.OK, 1_000_000, 0);
                case OLD_TOKEN -> with(op, Outcome.OK, 1, 0);
                case GRANT_SAID_NOT_TO_BE_SENT -> with(op, Outcome.NOT_SENT, 0, 0);
            };
        }

        private static Operation with(Operation op, Outcome outcome, long token, int position) {
            return new Operation(
                    op.action(),
                    op.queues(),
                    op.family(),
                    op.process(),
                    op.lock(),
                    op.holder(),
                    op.key(),
                    op.leaseMillis(),
                    op.namedToken(),
                    op.invokedNanos(),
                    op.returnedNanos(),
                    outcome,
                    op.status(),
                    op.ticket(),
                    token,
                    position,
                    op.index(),
                    op.clusterTimeMillis(),
                    op.leaseEndMillis());
        }
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void oneWrongAnswerAmongManyIsRejected(Lie lie) {
        for (long seed = 1; seed <= 20; seed++) {
            History truth = RandomClients.history(new RandomGrid(seed, 0, 0), 3, 1_500);
            List<Operation> candidates =
                    truth.operations().stream().filter(lie::fits).toList();
            Operation chosen = candidates.get(new Random(seed).nextInt(candidates.size()));
            History history = new History(() -> 0);
            truth.operations().forEach(op -> history.add(op.equals(chosen) ? lie.of(op) : op));
            truth.listings().forEach((Listing listing) -> history.add(listing));

            assertThat(findings(truth)).isEmpty();
            assertThat(findings(history)).as("seed " + seed + ": " + chosen).isNotEmpty();
        }
    }
}
