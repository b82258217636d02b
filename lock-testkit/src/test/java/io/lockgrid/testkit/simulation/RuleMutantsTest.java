package io.lockgrid.testkit.simulation;

import static io.lockgrid.testkit.simulation.Mutants.isCaughtBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.AccessToken;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.testkit.simulation.invariant.AccessTokensLastUntilRevoked;
import io.lockgrid.testkit.simulation.invariant.ClearEndsEveryTicket;
import io.lockgrid.testkit.simulation.invariant.FirstQueuedFirstGranted;
import io.lockgrid.testkit.simulation.invariant.Invariants;
import io.lockgrid.testkit.simulation.invariant.LikeTheModel;
import io.lockgrid.testkit.simulation.invariant.NoPhantom;
import io.lockgrid.testkit.simulation.invariant.OncePerBatch;
import io.lockgrid.testkit.simulation.invariant.OncePerRequestKey;
import io.lockgrid.testkit.simulation.invariant.OnlyTheHolderReleases;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Cores that break a rule of a command. See {@link Mutants}. */
class RuleMutantsTest {
    @Test
    void aCoreThatBreaksNothingPasses() {
        assertThat(new Seeds(MutantCore::new, Invariants::all).firstFailure(Mutants.SEEDS, any -> true))
                .isEmpty();
    }

    @Test
    void aCoreThatAppliesARepeatedBatchTwiceIsCaught() {
        isCaughtBy(OncePerBatch::new, () -> new MutantCore() {
            private long origin = 1_000;

            @Override
            Entry entry(Entry entry) {
                return withBatch(entry, batch -> new Batch(++origin, 1, 1, batch.commands()));
            }
        });
    }

    @Test
    void aCoreThatGrantsTheLastInLineIsCaught() {
        isCaughtBy(FirstQueuedFirstGranted::new, () -> new MutantCore() {
            @Override
            LockSpace before(LockSpace before, Entry entry) {
                boolean handsOver = before.apply(entry).events().stream().anyMatch(Event.Ended.class::isInstance);
                return handsOver
                        ? SpaceEdit.of(before, edit -> edit.locks(lock -> Optional.of(SpaceEdit.reversed(lock))))
                        : before;
            }
        });
    }

    @Test
    void aCoreThatLetsAnybodyReleaseIsCaught() {
        isCaughtBy(OnlyTheHolderReleases::new, () -> new MutantCore() {
            @Override
            Entry entry(Entry entry) {
                return withCommands(
                        entry,
                        command -> command instanceof Command.ReleaseHolder(var lock, var holder)
                                ? new Command.ReleaseHolder(
                                        lock,
                                        space().lock(lock)
                                                .flatMap(held -> held.holder())
                                                .map(hold -> hold.ticket().holder())
                                                .orElse(holder))
                                : command);
            }
        });
    }

    @Test
    void aCoreThatGrantsAWaiterOnClearIsCaught() {
        isCaughtBy(ClearEndsEveryTicket::new, () -> new MutantCore() {
            @Override
            Entry entry(Entry entry) {
                return withCommands(
                        entry,
                        command -> command instanceof Command.Clear(var lock)
                                ? space().lock(lock)
                                        .flatMap(held -> held.holder())
                                        .<Command>map(hold -> new Command.ReleaseTicket(
                                                lock, hold.ticket().id()))
                                        .orElse(command)
                                : command);
            }
        });
    }

    @Test
    void aCoreThatIgnoresRequestKeysIsCaught() {
        isCaughtBy(OncePerRequestKey::new, () -> new MutantCore() {
            @Override
            Entry entry(Entry entry) {
                return withCommands(entry, Observation::bare);
            }
        });
    }

    @Test
    void aCoreThatGrantsWhatNobodyAskedForIsCaught() {
        isCaughtBy(NoPhantom::new, () -> new MutantCore() {
            @Override
            Entry entry(Entry entry) {
                return withCommands(
                        entry,
                        command -> command instanceof Command.TryAcquire(var lock, var ticket, var holder, var lease)
                                ? new Command.TryAcquire(lock, ticket + "x", holder, lease)
                                : command);
            }
        });
    }

    @Test
    void aCoreThatQueuesATryIsCaught() {
        isCaughtBy(LikeTheModel::new, () -> new MutantCore() {
            @Override
            Entry entry(Entry entry) {
                return withCommands(
                        entry,
                        command -> command instanceof Command.TryAcquire(var lock, var ticket, var holder, var lease)
                                ? new Command.Enqueue(lock, ticket, holder, lease, Limits.WAITERS_PER_LOCK_MAX)
                                : command);
            }
        });
    }

    @Test
    void aCoreThatIgnoresTheBoundOfAQueueIsCaught() {
        isCaughtBy(LikeTheModel::new, () -> new MutantCore() {
            @Override
            Entry entry(Entry entry) {
                return withCommands(
                        entry,
                        command -> command
                                        instanceof
                                        Command.Enqueue(var lock, var ticket, var holder, var lease, var waitersMax)
                                ? new Command.Enqueue(lock, ticket, holder, lease, Limits.WAITERS_PER_LOCK_MAX)
                                : command);
            }
        });
    }

    @Test
    void aCoreThatStillKnowsARevokedAccessTokenIsCaught() {
        isCaughtBy(AccessTokensLastUntilRevoked::new, () -> new MutantCore() {
            private final Map<String, AccessToken> everSeen = new TreeMap<>();

            @Override
            LockSpace after(LockSpace after) {
                after.accessTokens().forEach(token -> {
                    everSeen.values().removeIf(other -> other.hash().equals(token.hash()));
                    everSeen.put(token.name(), token);
                });
                return SpaceEdit.of(after, edit -> edit.accessTokens(List.copyOf(everSeen.values())));
            }
        });
    }

    @Test
    void aCoreThatTellsAWrongPositionIsCaught() {
        isCaughtBy(LikeTheModel::new, () -> new MutantCore() {
            @Override
            Result told(Result result, Entry entry) {
                List<Outcome> outcomes = result.outcomes().stream()
                        .map(outcome -> outcome instanceof Outcome.Queued(var ticket, var position)
                                ? new Outcome.Queued(ticket, position + 1)
                                : outcome)
                        .toList();
                return new Result(outcomes, result.events());
            }
        });
    }
}
