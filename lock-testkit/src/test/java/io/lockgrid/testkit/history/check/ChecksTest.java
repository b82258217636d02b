package io.lockgrid.testkit.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.history.HistoryCheck;
import org.junit.jupiter.api.Test;

/** Each check sees what it is for, and nothing in what a correct grid tells. */
class ChecksTest {
    /** Two claims that take turns; the second is queued, asks once too early, and is granted by the first's release. */
    private static Told turns() {
        return new Told()
                .granted("ann", 0, 5, 1, 10)
                .queued("bob", 10, 15, 11)
                .listed(11, "ann", "bob")
                .holdsNot("bob", 20, 25, 12)
                .released("ann", 30, 35, 13)
                .holds("bob", 31, 33, 2, 13)
                .released("bob", 40, 45, 14)
                .listed(15)
                .ended("ann", "released", 1)
                .ended("bob", "released", 2);
    }

    @Test
    void aTrueHistoryIsFree() {
        assertThat(Checks.report(turns().history())).isEmpty();
    }

    @Test
    void whatIsUnknownIsNoFault() {
        Told told = turns().claimUnknown("eve", 50, 60)
                .releaseUnknown("eve", 61, 70)
                .released("eve", 71, 75, 20)
                .claimUnknown("dan", 80, 90)
                .granted("dan", 91, 95, 4, 22)
                .releaseUnknown("dan", 100, 110)
                .releaseRefused("dan", 111, 115, 24)
                .ended("dan", "released", 4);

        assertThat(Checks.report(told.history())).isEmpty();
    }

    @Test
    void whatWasNotSentIsNoFault() {
        Told told = turns().claimNotSent("eve", 50, 60)
                .claimNotSent("dan", 61, 65)
                .granted("dan", 66, 70, 3, 20)
                .releaseNotSent("dan", 71, 75)
                .holds("dan", 80, 85, 3, 21)
                .released("dan", 86, 90, 22)
                .releaseNotSent("dan", 91, 95)
                .ended("dan", "released", 3);

        assertThat(Checks.report(told.history())).isEmpty();
    }

    @Test
    void aLeaseThatEndedIsNoFault() {
        Told told = new Told()
                .granted("ann", 0, 5, 1, 10)
                .granted("bob", 1_001, 1_005, 2, 12)
                .releaseRefused("ann", 1_010, 1_015, 13)
                .released("bob", 1_020, 1_025, 14)
                .ended("ann", "expired", 1)
                .ended("bob", "released", 2)
                .listed(15);

        assertThat(Checks.report(told.history())).isEmpty();
    }

    @Test
    void twoHoldersAtOnceAreSeen() {
        catches(new OneHolderInTime(), new Told().granted("ann", 0, 5, 1, 10).granted("bob", 10, 15, 2, 11));
    }

    @Test
    void aHolderWithinTheLeaseOfAnEarlierOneIsSeen() {
        catches(
                new OneHolderInTime(),
                new Told()
                        .granted("ann", 0, 5, 1, 10)
                        .granted("bob", 400, 500, 2, 11)
                        .released("bob", 510, 520, 12)
                        .granted("eve", 900, 950, 3, 13));
    }

    @Test
    void aReleaseThatWasSentAgainIsNoFault() {
        Told told = new Told()
                .granted("ann", 0, 5, 1, 10)
                .released("ann", 10, 30, 17)
                .granted("bob", 12, 25, 2, 15)
                .released("bob", 26, 28, 16)
                .ended("ann", "released", 1)
                .ended("bob", "released", 2)
                .listed(18);

        assertThat(Checks.report(told.history())).isEmpty();
    }

    @Test
    void twoHoldersAtOneLogIndexAreSeen() {
        catches(
                new Exclusion(),
                new Told()
                        .granted("ann", 0, 5, 1, 10)
                        .holdsNot("eve", 6, 9, 13)
                        .released("ann", 10, 30, 14)
                        .granted("bob", 11, 30, 2, 13));
    }

    @Test
    void aTokenThatShrinksAlongTheLogIsSeen() {
        catches(
                new TokensOnlyGrow(),
                new Told().granted("ann", 0, 5, 7, 10).released("ann", 6, 9, 11).granted("bob", 4, 15, 6, 12));
    }

    @Test
    void aTokenThatShrinksInTimeIsSeen() {
        catches(new TokensOnlyGrow(), new Told().granted("ann", 0, 5, 7, -1).granted("bob", 10, 15, 6, -1));
    }

    @Test
    void aTokenOfTwoGrantsIsSeen() {
        catches(new TokensAreUnique(), new Told().granted("ann", 0, 5, 7, 1).granted("bob", 0, 5, 7, 1));
    }

    @Test
    void aGrantWithTwoTokensIsSeen() {
        catches(new TokensAreUnique(), new Told().granted("ann", 0, 5, 7, 1).holds("ann", 6, 7, 8, 2));
    }

    @Test
    void oneWhoBargesPastAWaiterIsSeen() {
        catches(
                new FirstComeFirstGranted(),
                new Told().queued("ann", 0, 5, 10).granted("bob", 10, 15, 2, 11).holds("ann", 20, 25, 3, 12));
    }

    @Test
    void aQueueServedInAnotherOrderIsSeen() {
        catches(
                new QueueOrderIsGrantOrder(),
                new Told()
                        .queued("ann", 0, 5, 10)
                        .queued("bob", 0, 5, 10)
                        .listed(11, "ann", "bob")
                        .holds("ann", 20, 25, 3, 12)
                        .holds("bob", 20, 25, 2, 11));
    }

    @Test
    void aSecondTicketForOneKeyIsSeen() {
        catches(new AtMostOncePerKey(), new Told().ticket("ann", 0, 5, "t1").ticket("ann", 6, 9, "t2"));
    }

    @Test
    void aTicketOfTwoClaimsIsSeen() {
        catches(new AtMostOncePerKey(), new Told().ticket("ann", 0, 5, "t1").ticket("bob", 6, 9, "t1"));
    }

    @Test
    void aTicketThatIsUnknownAtTheEndIsSeen() {
        catches(new NoTicketIsLost(), new Told().queued("ann", 0, 5, 10));
    }

    @Test
    void aTicketThatStillWaitsAtTheEndIsSeen() {
        catches(new NoTicketIsLost(), new Told().queued("ann", 0, 5, 10).ended("ann", "", 0));
    }

    @Test
    void aReleaseByOneWithoutAClaimIsSeen() {
        catches(
                new OnlyTheHolderReleases(),
                new Told().granted("ann", 0, 5, 1, 10).released("thief", 6, 9, 11));
    }

    @Test
    void aReleaseByOneWhoWasRefusedIsSeen() {
        catches(new OnlyTheHolderReleases(), new Told().refused("ann", 0, 5, 10).released("ann", 6, 9, 11));
    }

    @Test
    void aReleaseByOneWhoseClaimWasNotSentIsSeen() {
        catches(
                new OnlyTheHolderReleases(),
                new Told().claimNotSent("ann", 0, 5).released("ann", 6, 9, 11));
    }

    @Test
    void aListOfOneWhoseClaimWasNotSentIsSeen() {
        catches(new NoPhantom(), new Told().claimNotSent("ann", 0, 5).listed(11, "ann"));
    }

    @Test
    void aGrantThatEndsWithAReleaseThatWasNotSentIsSeen() {
        catches(
                new OneHolderInTime(),
                new Told()
                        .granted("ann", 0, 5, 1, 10)
                        .releaseNotSent("ann", 6, 9)
                        .granted("bob", 10, 15, 2, 12));
    }

    @Test
    void aClaimReleasedTwiceIsSeen() {
        catches(
                new OnlyTheHolderReleases(),
                new Told().granted("ann", 0, 5, 1, 10).released("ann", 6, 9, 11).released("ann", 10, 11, 12));
    }

    @Test
    void aGrantThatWasLostIsSeen() {
        catches(
                new GrantsLastTheirLease(),
                new Told().granted("ann", 0, 5, 1, 10).releaseRefused("ann", 10, 15, 11));
    }

    @Test
    void aLeaseThatEndedEarlyIsSeen() {
        catches(
                new GrantsLastTheirLease(),
                new Told()
                        .queued("ann", 0, 5, 9)
                        .holdsNot("ann", 500, 505, 10)
                        .holds("ann", 510, 515, 1, 11)
                        .holdsNot("ann", 1_400, 1_405, 12));
    }

    @Test
    void anotherTokenAtTheEndIsSeen() {
        catches(
                new AnswersAgreeWithTheEnd(),
                new Told().granted("ann", 0, 5, 1, 10).released("ann", 6, 9, 11).ended("ann", "released", 2));
    }

    @Test
    void aReleaseThatIsNotTheEndIsSeen() {
        catches(
                new AnswersAgreeWithTheEnd(),
                new Told().granted("ann", 0, 5, 1, 10).released("ann", 6, 9, 11).ended("ann", "expired", 1));
    }

    @Test
    void anEndByAReleaseThatWasNotSentIsSeen() {
        catches(
                new AnswersAgreeWithTheEnd(),
                new Told()
                        .granted("ann", 0, 5, 1, 10)
                        .releaseNotSent("ann", 6, 9)
                        .ended("ann", "released", 1));
    }

    @Test
    void anEndThatNobodyAskedForIsSeen() {
        catches(new AnswersAgreeWithTheEnd(), new Told().queued("ann", 0, 5, 10).ended("ann", "cancelled", 0));
    }

    @Test
    void aStaleReadIsSeen() {
        catches(new IndexFollowsTime(), new Told().granted("ann", 0, 5, 1, 10).holdsNot("bob", 6, 9, 9));
    }

    @Test
    void aLockThatIsHeldAtTheEndIsSeen() {
        catches(new EveryQueueDrains(), new Told().granted("ann", 0, 5, 1, 10).listed(11, "ann"));
    }

    @Test
    void aLockThatNobodyLookedAtInTheEndIsSeen() {
        catches(new EveryQueueDrains(), new Told().granted("ann", 0, 5, 1, 10));
    }

    private static void catches(HistoryCheck check, Told told) {
        assertThat(check.findings(told.history())).isNotEmpty();
        assertThat(Checks.report(told.history()))
                .anyMatch(line -> line.contains(check.getClass().getSimpleName() + " ("));
    }
}
