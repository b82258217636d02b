package io.lockgrid.testkit.simulation;

import static io.lockgrid.testkit.simulation.Mutants.isCaughtBy;
import static io.lockgrid.testkit.simulation.Mutants.renewing;
import static io.lockgrid.testkit.simulation.Mutants.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.testkit.simulation.invariant.ClockIsMonotonic;
import io.lockgrid.testkit.simulation.invariant.DueMeansEnded;
import io.lockgrid.testkit.simulation.invariant.NeverEarly;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cores that end leases by another clock than that of the log, or at another time. See {@link Mutants}. */
class ClockMutantsTest {
    @Test
    void aCoreThatEndsALeaseOneMillisecondEarlyIsCaught() {
        isCaughtBy(NeverEarly::new, () -> new MutantCore() {
            @Override
            LockSpace before(LockSpace before, Entry entry) {
                long now = timeOf(entry);
                return now == before.clusterTimeMillis()
                        ? before
                        : SpaceEdit.of(before, edit -> edit.holds(hold -> expiring(hold, now)));
            }

            private Hold expiring(Hold hold, long now) {
                return hold.expiresAtMillis() == now + 1 ? until(hold, now) : hold;
            }
        });
    }

    @Test
    void aCoreThatFollowsTheWallClockIsCaught() {
        isCaughtBy(NeverEarly::new, () -> new MutantCore() {
            private long firstWall = -1;

            @Override
            Entry entry(Entry entry) {
                firstWall = firstWall < 0 ? entry.wallMillis() : firstWall;
                return new Entry(Math.max(0, entry.wallMillis() - firstWall), entry.wallMillis(), entry.batches());
            }
        });
    }

    @Test
    void aFollowerThatExpiresByItsOwnClockIsCaught() {
        int[] replicas = {0};
        var failure = new Seeds(
                        () -> new MutantCore() {
                            private final boolean follows = ++replicas[0] % 2 == 0;

                            @Override
                            Entry entry(Entry entry) {
                                return follows
                                        ? new Entry(entry.stampMillis() + 5, entry.wallMillis(), entry.batches())
                                        : entry;
                            }
                        },
                        List::of)
                .firstFailure(Mutants.SEEDS, any -> true);

        assertThat(failure.map(found -> found.violation().check())).contains("ReplicasEqual");
    }

    @Test
    void aCoreThatShortensALeaseByRenewalIsCaught() {
        isCaughtBy(NeverEarly::new, () -> new MutantCore() {
            @Override
            LockSpace before(LockSpace before, Entry entry) {
                return renewing(before, entry, (hold, end) -> Math.min(hold.expiresAtMillis(), end));
            }
        });
    }

    @Test
    void aCoreThatRenewsAnExpiredLeaseIsCaught() {
        isCaughtBy(DueMeansEnded::new, () -> new MutantCore() {
            @Override
            LockSpace before(LockSpace before, Entry entry) {
                return renewing(before, entry, (hold, end) -> Math.max(hold.expiresAtMillis(), end));
            }
        });
    }

    @Test
    void aCoreWhoseClockGoesBackIsCaught() {
        isCaughtBy(ClockIsMonotonic::new, () -> new MutantCore() {
            @Override
            LockSpace before(LockSpace before, Entry entry) {
                return entry.stampMillis() < before.clusterTimeMillis()
                        ? SpaceEdit.of(before, edit -> edit.clusterTime(entry.stampMillis()))
                        : before;
            }
        });
    }

    @Test
    void aCoreWhoseClockRunsAheadIsCaught() {
        isCaughtBy(ClockIsMonotonic::new, () -> new MutantCore() {
            @Override
            Entry entry(Entry entry) {
                return new Entry(entry.stampMillis() + 1, entry.wallMillis(), entry.batches());
            }
        });
    }
}
