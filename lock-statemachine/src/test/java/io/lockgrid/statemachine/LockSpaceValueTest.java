package io.lockgrid.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Readers, listings and snapshots hold a reference while entries are applied. */
class LockSpaceValueTest {
    private static final LockName LOCK = new LockName("ns", "lock");

    private static Entry entry(int number) {
        Command command = new Command.Enqueue(LOCK, "t" + number, new Holder("sfp", "alice"), 1_000, 100);
        return new Entry(number, 0, Optional.of(new Batch(1, number, number, List.of(command))));
    }

    @Test
    void aSpaceThatSomebodyHoldsNeverChanges() {
        List<LockSpace> versions = new ArrayList<>(List.of(LockSpace.empty()));
        for (int number = 1; number <= 50; number++) {
            versions.add(versions.getLast().apply(entry(number)).next());
        }
        versions.getLast().apply(new Entry(5_000, 0, Optional.empty()));

        for (int number = 1; number <= 50; number++) {
            LockSpace space = versions.get(number);
            assertThat(space.waiterCount()).isEqualTo(number - 1);
            assertThat(space.clusterTimeMillis()).isEqualTo(number);
            assertThat(space.heldCount()).isEqualTo(1);
            Lock lock = space.lock(LOCK).orElseThrow();
            assertThat(lock.waiters()).hasSize(number - 1);
            assertThat(lock.find("t" + number)).isPresent();
            assertThat(lock.find("t" + (number + 1))).isEmpty();
        }
        assertThat(LockSpace.empty().lockCount()).isZero();
    }

    @Test
    void theSameEntryAppliedTwiceToOneSpaceGivesTheSame() {
        LockSpace space = LockSpace.empty().apply(entry(1)).next();
        Applied one = space.apply(entry(2));
        Applied other = space.apply(entry(2));

        assertThat(one.outcomes()).isEqualTo(other.outcomes());
        assertThat(one.events()).isEqualTo(other.events());
        assertThat(one.next().lastSequence()).isEqualTo(other.next().lastSequence());
    }
}
