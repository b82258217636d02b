package io.lockgrid.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.LockSpace;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Cores that each break one promise. The invariant that stands for the promise must see it, with no other to help. */
final class Mutants {
    static final int SEEDS = 300;

    private Mutants() {}

    interface NewEnd {
        long of(Hold hold, long now);
    }

    /** Moves the ends of the leases that an entry renews, before the rules see it. */
    static LockSpace renewing(LockSpace before, Entry entry, NewEnd end) {
        long now = Math.max(before.clusterTimeMillis(), entry.stampMillis());
        List<Command> commands = entry.batches().stream()
                .flatMap(batch -> batch.commands().stream())
                .toList();
        return SpaceEdit.of(
                before,
                edit -> edit.locks(lock -> Optional.of(SpaceEdit.withHold(
                        lock,
                        lock.hold()
                                .map(hold -> commands.stream()
                                        .filter(command -> command instanceof Command.Renew renew
                                                && renew.lock().equals(lock.name())
                                                && renew.ticket()
                                                        .equals(hold.ticket().id()))
                                        .findFirst()
                                        .map(renew ->
                                                until(hold, end.of(hold, now + ((Command.Renew) renew).leaseMillis())))
                                        .orElse(hold))))));
    }

    static Hold until(Hold hold, long expiresAtMillis) {
        return new Hold(hold.ticket(), hold.token(), expiresAtMillis, hold.grantedWallMillis());
    }

    static void isCaughtBy(Supplier<Invariant> invariant, Supplier<MutantCore> mutant) {
        String name = invariant.get().name();
        var failure = new Seeds(mutant, () -> List.of(invariant.get()))
                .firstFailure(SEEDS, violation -> violation.check().equals(name));

        assertThat(failure).as(name).isPresent();
    }
}
