package io.lockgrid.testkit.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Invocation;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Listing.Seat;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.history.RegisterWrite;
import io.lockgrid.testkit.history.check.Conditions.Healthy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The invariants that need what {@link ChecksTest} leaves out: the replicated clock, lists, renewals, registers. Each
 * sees a minimal fault, and nothing in the same history without it. Moments are ms; leases have 1,000 of them.
 */
class InvariantsTest {
    private static final String LOCK = "fleet/lock";
    private static final Conditions HEALTHY = new Conditions(
            List.of(new Healthy(0, Long.MAX_VALUE)), Duration.ofMillis(500), 0.01, List.of(), Duration.ofSeconds(10));

    private final AtomicLong clock = new AtomicLong();
    private final History history = new History(clock::get);

    private InvariantsTest told(
            Action action,
            String holder,
            long from,
            long to,
            UnaryOperator<Invocation> more,
            Outcome outcome,
            long token,
            long index) {
        clock.set(from * 1_000_000);
        Invocation call = more.apply(history.invoke(action, "dapr", LOCK, holder, 1_000));
        clock.set(to * 1_000_000);
        call.returned(outcome, 200, "", token, index);
        return this;
    }

    /** The clock of an answer is when it was asked. */
    private InvariantsTest granted(String holder, long from, long to, long token, long index) {
        return told(Action.CLAIM, holder, from, to, call -> call.at(from), Outcome.OK, token, index);
    }

    private InvariantsTest released(String holder, long from, long to, long index) {
        return told(Action.RELEASE, holder, from, to, call -> call.at(from), Outcome.OK, 0, index);
    }

    private InvariantsTest refused(String holder, long from, long to, long index) {
        return told(Action.CLAIM, holder, from, to, call -> call.at(from), Outcome.FAIL, 0, index);
    }

    private InvariantsTest looked(String holder, long from, long to, long token, long index) {
        return told(
                Action.LOOK,
                holder,
                from,
                to,
                call -> call.at(from),
                token > 0 ? Outcome.OK : Outcome.FAIL,
                token,
                index);
    }

    private InvariantsTest unknown(Action action, String holder, long from, long to) {
        return told(action, holder, from, to, call -> call, Outcome.UNKNOWN, 0, -1);
    }

    private InvariantsTest listed(String family, long at, long index, boolean held, Seat... seats) {
        history.add(new Listing(
                LOCK,
                family,
                "observer",
                at * 1_000_000,
                at * 1_000_000,
                index,
                at,
                held,
                family.equals("sfp"),
                List.of(seats)));
        return this;
    }

    private InvariantsTest wrote(boolean guarded, long token, long read, long written, boolean accepted) {
        long sequence = history.writes().size() + 1L;
        history.add(new RegisterWrite("r", guarded, "p", "p-1", token, 0, 0, read, written, accepted, sequence));
        return this;
    }

    private InvariantsTest passes(HistoryCheck check) {
        assertThat(check.findings(history)).isEmpty();
        return this;
    }

    private void catches(HistoryCheck check) {
        assertThat(check.findings(history)).isNotEmpty();
    }

    @Test
    void overlappingHoldsOnTheReplicatedClockAreSeen() {
        granted("ann", 0, 5, 1, 10)
                .looked("ann", 800, 805, 1, 14)
                .passes(new Exclusion())
                .told(Action.CLAIM, "bob", 810, 815, call -> call.at(700), Outcome.OK, 2, 15)
                .catches(new Exclusion());
    }

    @Test
    void aHolderWhoDidNotAskIsSeen() {
        granted("ann", 0, 5, 1, 10)
                .listed("sfp", 6, 11, true, new Seat("t1", "dapr:ann", 1, 0))
                .passes(new NoPhantom())
                .listed("sfp", 7, 12, true, new Seat("t2", "dapr:eve", 1, 0))
                .catches(new NoPhantom());
    }

    @Test
    void aClaimThatShowsUpTwiceIsSeen() {
        unknown(Action.CLAIM, "ann", 0, 5)
                .listed("sfp", 6, 11, true, new Seat("t1", "dapr:ann", 1, 0))
                .passes(new NoPhantom())
                .listed("sfp", 7, 12, true, new Seat("t2", "dapr:ann", 2, 0))
                .catches(new NoPhantom());
    }

    @Test
    void aLeaseThatIsPassedOnEarlyIsSeen() {
        granted("ann", 0, 5, 1, 10)
                .granted("bob", 1_000, 1_005, 2, 12)
                .passes(new NeverEarly(0.01))
                .granted("eve", 1_900, 1_905, 3, 13)
                .catches(new NeverEarly(0.01));
    }

    @Test
    void aLeaseThatIsPassedOnEarlyByTheReplicatedClockAloneIsSeen() {
        granted("ann", 500, 505, 1, 10)
                .passes(new NeverEarly(0.01))
                .told(Action.RENEW, "ann", 600, 605, call -> call.at(600).leasedUntil(1_900), Outcome.OK, 1, 11)
                .granted("bob", 1_700, 1_705, 2, 12)
                .catches(new NeverEarly(0.01));
    }

    @Test
    void aWaitForALockThatNobodyCanHoldIsSeen() {
        granted("ann", 600, 605, 1, 10)
                .refused("bob", 1_604, 1_608, 12)
                .refused("bob2", 2_000, 2_005, 13)
                .passes(new NotTooLate(HEALTHY))
                .refused("bob3", 2_200, 2_205, 14)
                .passes(new NotTooLate(Conditions.UNKNOWN))
                .catches(new NotTooLate(HEALTHY));
    }

    @Test
    void aWaitIsNotTooLongWhileAnUnknownClaimMayHold() {
        granted("ann", 600, 605, 1, 10)
                .unknown(Action.CLAIM, "eve", 1_650, 1_660)
                .refused("bob", 2_200, 2_205, 14)
                .passes(new NotTooLate(HEALTHY));
    }

    @Test
    void aHoldAfterItsEndIsSeen() {
        granted("ann", 0, 5, 1, 10)
                .released("ann", 6, 9, 11)
                .looked("ann", 10, 12, 0, 12)
                .passes(new NoResurrection())
                .looked("ann", 13, 15, 1, 13)
                .catches(new NoResurrection());
    }

    @Test
    void aRenewalByOneWhoReleasedIsSeen() {
        granted("ann", 0, 5, 1, 10)
                .told(Action.RENEW, "ann", 6, 9, call -> call, Outcome.OK, 1, 11)
                .released("ann", 10, 12, 12)
                .passes(new OnlyTheHolderReleases())
                .told(Action.RENEW, "ann", 13, 15, call -> call, Outcome.OK, 1, 13)
                .catches(new OnlyTheHolderReleases());
    }

    @Test
    void placesWithAGapAreSeen() {
        Seat holder = new Seat("t1", "ann", 1, 0);
        listed("sfp", 6, 11, true, holder, new Seat("t2", "bob", 0, 1))
                .passes(new ReadsLinearizable())
                .listed("sfp", 7, 12, true, holder, new Seat("t2", "bob", 0, 2))
                .catches(new ReadsLinearizable());
    }

    @Test
    void aStaleListIsSeen() {
        granted("ann", 0, 5, 1, 10)
                .listed("sfp", 6, 10, false)
                .passes(new ReadsLinearizable())
                .listed("sfp", 7, 9, false)
                .catches(new ReadsLinearizable());
    }

    @Test
    void aClockThatGoesBackIsSeen() {
        granted("ann", 5, 6, 1, 10)
                .passes(new ClusterClock(0.01))
                .told(Action.CLAIM, "bob", 7, 8, call -> call.at(4), Outcome.FAIL, 0, 11)
                .catches(new ClusterClock(0.01));
    }

    @Test
    void aClockThatIsFasterThanTimeIsSeen() {
        granted("ann", 0, 5, 1, 10)
                .granted("bob", 1_000, 1_005, 1, 11)
                .passes(new ClusterClock(0.01))
                .told(Action.CLAIM, "eve", 2_000, 2_005, call -> call.at(2_100), Outcome.FAIL, 0, 12)
                .catches(new ClusterClock(0.01));
    }

    @Test
    void twoApisThatDifferAtOneIndexAreSeen() {
        listed("sfp", 6, 11, true, new Seat("t1", "ann", 1, 0))
                .listed("opensearch", 6, 11, true)
                .listed("opensearch", 7, 12, false)
                .looked("ann", 6, 7, 1, 11)
                .passes(new CrossDialect())
                .listed("opensearch", 6, 11, false)
                .catches(new CrossDialect());
    }

    @Test
    void aStatusThatDiffersFromTheListIsSeen() {
        listed("sfp", 6, 11, true, new Seat("t1", "ann", 1, 0))
                .passes(new CrossDialect())
                .looked("ann", 6, 7, 2, 11)
                .catches(new CrossDialect());
    }

    @Test
    void replicasThatDifferAreReported() {
        passes(new ReplicasEqual(List.of()));
        assertThat(Checks.report(history, Conditions.UNKNOWN.withReplicas(List.of("n1 and n2 differ at 17"))))
                .containsExactly("ReplicasEqual (invariant 14, 1 of 1): n1 and n2 differ at 17");
    }

    @Test
    void aLostUpdateIsSeen() {
        wrote(true, 1, 0, 11, true)
                .wrote(true, 2, 11, 12, true)
                .wrote(true, 1, 11, 13, false)
                .passes(new RegisterLosesNothing())
                .wrote(true, 3, 11, 14, true)
                .catches(new RegisterLosesNothing());
    }

    @Test
    void anOlderTokenThatWasAcceptedIsSeen() {
        wrote(true, 2, 0, 11, true)
                .passes(new RegisterLosesNothing())
                .wrote(true, 1, 11, 12, true)
                .catches(new RegisterLosesNothing());
    }

    @Test
    void anUnguardedRegisterMayLoseUpdatesAndTheyAreCounted() {
        wrote(false, 2, 0, 11, true).wrote(false, 1, 0, 12, true).passes(new RegisterLosesNothing());
        assertThat(RegisterLosesNothing.lostUpdates(history)).hasSize(1);
    }

    @Test
    void allFifteenHaveAName() {
        assertThat(Checks.invariants(Conditions.UNKNOWN).keySet()).hasSize(15).contains(1, 15);
    }
}
