package io.lockgrid.testkit.simulation;

import static io.lockgrid.testkit.simulation.Mutants.isCaughtBy;

import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.testkit.simulation.invariant.AccessTokensLastUntilRevoked;
import io.lockgrid.testkit.simulation.invariant.ExclusionInClusterTime;
import io.lockgrid.testkit.simulation.invariant.NoResurrection;
import io.lockgrid.testkit.simulation.invariant.NoTicketIsLost;
import io.lockgrid.testkit.simulation.invariant.OncePerBatch;
import io.lockgrid.testkit.simulation.invariant.OncePerRequestKey;
import io.lockgrid.testkit.simulation.invariant.RestoreChangesNothing;
import io.lockgrid.testkit.simulation.invariant.TokensOnlyGrow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cores whose snapshots are not the whole state. See {@link Mutants}. */
class SnapshotMutantsTest {
    @Test
    void aCoreThatResetsTokensOnRestoreIsCaught() {
        isCaughtBy(TokensOnlyGrow::new, () -> new MutantCore() {
            @Override
            LockSpace read(LockSpace state) {
                long[] token = {0};
                return SpaceEdit.of(state, edit -> {
                    edit.locks(lock -> Optional.of(SpaceEdit.withHold(
                            lock,
                            lock.hold()
                                    .map(hold -> new Hold(
                                            hold.ticket(),
                                            ++token[0],
                                            hold.expiresAtMillis(),
                                            hold.grantedWallMillis())))));
                    edit.lastToken(state.heldCount());
                });
            }
        });
    }

    @Test
    void aCoreThatForgetsItsBatchesInASnapshotIsCaught() {
        isCaughtBy(OncePerBatch::new, () -> new MutantCore() {
            @Override
            LockSpace written(LockSpace state) {
                return SpaceEdit.of(state, SpaceEdit::withoutOrigins);
            }
        });
    }

    @Test
    void aCoreThatLosesItsWaitersInASnapshotIsCaught() {
        isCaughtBy(NoTicketIsLost::new, () -> new MutantCore() {
            @Override
            LockSpace written(LockSpace state) {
                return SpaceEdit.of(
                        state,
                        edit -> edit.locks(lock -> Optional.of(new GridState.LockState(
                                lock.name(), lock.hold(), List.of(), lock.ended(), lock.lastToken()))));
            }
        });
    }

    @Test
    void aCoreThatLosesItsHoldersInASnapshotIsCaught() {
        isCaughtBy(ExclusionInClusterTime::new, () -> new MutantCore() {
            @Override
            LockSpace written(LockSpace state) {
                return SpaceEdit.of(
                        state,
                        edit -> edit.locks(lock -> Optional.of(new GridState.LockState(
                                lock.name(), Optional.empty(), List.of(), lock.ended(), lock.lastToken()))));
            }
        });
    }

    @Test
    void aCoreThatForgetsEndedTicketsInASnapshotIsCaught() {
        isCaughtBy(NoResurrection::new, () -> new MutantCore() {
            @Override
            LockSpace written(LockSpace state) {
                return SpaceEdit.of(
                        state,
                        edit -> edit.locks(lock -> Optional.of(new GridState.LockState(
                                lock.name(), lock.hold(), lock.waiters(), List.of(), lock.lastToken()))));
            }
        });
    }

    @Test
    void aCoreThatForgetsRequestKeysInASnapshotIsCaught() {
        isCaughtBy(OncePerRequestKey::new, () -> new MutantCore() {
            @Override
            LockSpace written(LockSpace state) {
                return SpaceEdit.of(state, SpaceEdit::withoutRequests);
            }
        });
    }

    @Test
    void aCoreThatForgetsAccessTokensInASnapshotIsCaught() {
        isCaughtBy(AccessTokensLastUntilRevoked::new, () -> new MutantCore() {
            @Override
            LockSpace written(LockSpace state) {
                return SpaceEdit.of(state, edit -> edit.accessTokens(List.of()));
            }
        });
    }

    @Test
    void aCoreWhoseSnapshotIsNotTheWholeStateIsCaught() {
        isCaughtBy(RestoreChangesNothing::new, () -> new MutantCore() {
            @Override
            LockSpace written(LockSpace state) {
                return SpaceEdit.of(state, SpaceEdit::withoutRequests);
            }
        });
    }
}
