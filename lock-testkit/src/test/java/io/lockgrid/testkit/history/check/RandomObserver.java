package io.lockgrid.testkit.history.check;

import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Lock.Standing;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.testkit.history.Ending;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.check.RandomGrid.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at a lock through two APIs at once, now and then, and at the end at what became of every ticket. */
final class RandomObserver {
    private final RandomGrid grid;
    private final LockName lock;
    boolean isEnding;

    RandomObserver(RandomGrid grid, LockName lock) {
        this.grid = grid;
        this.lock = lock;
    }

    void recordEndings() {
        grid.read(view -> grid.history.claims().stream()
                .flatMap(claim -> claim.tickets().stream())
                .forEach(ticket -> grid.history.add(ending(ticket, view))));
        grid.run(10);
    }

    private Ending ending(String ticket, View view) {
        Optional<Standing> standing = view.space().lock(lock).flatMap(known -> known.find(ticket));
        return standing.orElse(null) instanceof Standing.Over(var over)
                ? new Ending(ticket, "released", over.end().name().toLowerCase(Locale.ROOT), over.token())
                : new Ending(ticket, "", "", 0);
    }

    void observe() {
        if (isEnding) {
            return;
        }
        long invokedNanos = grid.nanoTime();
        grid.read(view -> {
            List<Listing.Seat> seats = new ArrayList<>();
            view.space().lock(lock).ifPresent(known -> {
                known.holder()
                        .ifPresent(hold ->
                                seats.add(seat(hold.ticket().id(), hold.ticket().holder(), hold.token(), 0)));
                known.waiters().forEach(waiter -> seats.add(seat(waiter.id(), waiter.holder(), 0, seats.size())));
            });
            long returnedNanos = grid.nanoTime();
            for (boolean showsQueue : new boolean[] {true, false}) {
                grid.history.add(new Listing(
                        lock.toString(),
                        showsQueue ? "sfp" : "opensearch",
                        "observer",
                        invokedNanos,
                        returnedNanos,
                        view.index(),
                        view.clusterTimeMillis(),
                        !seats.isEmpty(),
                        showsQueue,
                        showsQueue ? seats : List.of()));
            }
            grid.later(50, 250, this::observe);
        });
    }

    private static Listing.Seat seat(String ticket, Holder holder, long token, int position) {
        String name = holder.family().equals("sfp") ? holder.name() : holder.toString();
        return new Listing.Seat(ticket, name, token, position);
    }
}
