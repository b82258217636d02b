package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.AccessToken;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.RequestRecord;
import io.lockgrid.statemachine.Restoration;
import io.lockgrid.statemachine.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A copy of a lock space in which something is wrong: made through {@link Restoration}, as a snapshot is. */
final class SpaceEdit {
    private final LockSpace original;
    private long clusterTimeMillis;
    private long lastToken;
    private Function<GridState.LockState, Optional<GridState.LockState>> lock = Optional::of;
    private boolean requestsKept = true;
    private boolean originsKept = true;
    private List<AccessToken> accessTokens;

    private SpaceEdit(LockSpace original) {
        this.original = original;
        this.clusterTimeMillis = original.clusterTimeMillis();
        this.lastToken = original.lastToken();
        this.accessTokens = original.accessTokens();
    }

    static LockSpace of(LockSpace original, Consumer<SpaceEdit> change) {
        SpaceEdit edit = new SpaceEdit(original);
        change.accept(edit);
        return edit.result();
    }

    void clusterTime(long millis) {
        clusterTimeMillis = millis;
    }

    void lastToken(long token) {
        lastToken = token;
    }

    /** Changes each lock, or drops those for which nothing is returned. */
    void locks(Function<GridState.LockState, Optional<GridState.LockState>> change) {
        lock = change;
    }

    void holds(Function<Hold, Hold> change) {
        locks(state -> Optional.of(withHold(state, state.hold().map(change))));
    }

    void withoutRequests() {
        requestsKept = false;
    }

    void withoutOrigins() {
        originsKept = false;
    }

    /** In order of name. */
    void accessTokens(List<AccessToken> tokens) {
        accessTokens = tokens;
    }

    static GridState.LockState withHold(GridState.LockState state, Optional<Hold> hold) {
        long token = hold.map(Hold::token).orElse(0L);
        return new GridState.LockState(state.name(), hold, state.waiters(), state.ended(), token);
    }

    /** The waiters in reverse order: each place in the queue is kept, another ticket stands in it. */
    static GridState.LockState reversed(GridState.LockState state) {
        List<Ticket> reversed = new ArrayList<>();
        for (int place = 0; place < state.waiters().size(); place++) {
            Ticket ticket = state.waiters().get(state.waiters().size() - 1 - place);
            reversed.add(new Ticket(
                    ticket.id(),
                    ticket.holder(),
                    ticket.leaseMillis(),
                    ticket.createdWallMillis(),
                    state.waiters().get(place).sequence()));
        }
        return new GridState.LockState(state.name(), state.hold(), reversed, state.ended(), state.lastToken());
    }

    private LockSpace result() {
        Restoration restoration =
                new Restoration(clusterTimeMillis, original.wallMillis(), lastToken, original.lastSequence());
        for (GridState.LockState state : GridState.of(original).locks()) {
            lock.apply(state)
                    .filter(changed ->
                            changed.hold().isPresent() || !changed.ended().isEmpty())
                    .ifPresent(changed -> add(restoration, changed));
        }
        for (RequestRecord request : original.requests()) {
            if (requestsKept) {
                restoration.add(request);
            }
        }
        original.origins().byOrigin().forEach(origin -> {
            if (originsKept) {
                restoration.add(origin);
            }
        });
        accessTokens.forEach(restoration::add);
        return restoration.toLockSpace();
    }

    private static void add(Restoration restoration, GridState.LockState state) {
        long token = state.hold().map(Hold::token).orElse(state.lastToken());
        Restoration.LockRestoration lock = restoration.lock(state.name(), token);
        state.hold().ifPresent(lock::hold);
        state.waiters().forEach(lock::waiter);
        for (EndedTicket ended : state.ended()) {
            lock.ended(ended);
        }
        lock.end();
    }
}
