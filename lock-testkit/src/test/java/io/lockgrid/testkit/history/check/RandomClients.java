package io.lockgrid.testkit.history.check;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.Lock.Standing;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Invocation;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.check.RandomGrid.Answer;
import io.lockgrid.testkit.history.check.RandomGrid.Told;
import io.lockgrid.testkit.history.check.RandomGrid.View;
import java.util.Optional;
import java.util.function.Consumer;

/** Clients of the three APIs, whose calls do to a lock what the APIs do. */
final class RandomClients {
    private static final Holder SCHEDULER = new Holder("opensearch", "job-scheduler");

    private final RandomGrid grid;
    private final LockName lock;
    private final int leaseMillis;
    private int tickets;
    private boolean isEnding;

    RandomClients(RandomGrid grid, String lockName, int leaseMillis) {
        this.grid = grid;
        this.lock = new LockName("fleet", lockName);
        this.leaseMillis = leaseMillis;
    }

    /** A history of so many clients of each API on one lock. */
    static History history(RandomGrid grid, int clients, int millis) {
        RandomClients all = new RandomClients(grid, "lock", 300);
        for (int i = 1; i <= clients; i++) {
            all.dapr("dapr-" + i, 1);
            all.sfp("sfp-" + i, 1);
            all.openSearch("os-" + i, 1);
        }
        RandomObserver observer = new RandomObserver(grid, all.lock);
        observer.observe();
        all.clear(1);
        grid.run(millis);
        all.isEnding = true;
        observer.isEnding = true;
        grid.run(10_000);
        observer.isEnding = false;
        observer.observe();
        grid.run(40);
        observer.recordEndings();
        return grid.history;
    }

    private String nextTicket() {
        return "t" + ++tickets;
    }

    private Invocation invoke(Action action, String family, String holder) {
        return grid.history.invoke(action, family, lock.toString(), holder, leaseMillis);
    }

    void dapr(String name, int cycle) {
        if (isEnding) {
            return;
        }
        Holder owner = new Holder("dapr", name + "-" + cycle);
        Command take = new Command.TryAcquire(lock, nextTicket(), owner, leaseMillis);
        grid.call(
                invoke(Action.CLAIM, "dapr", owner.name()).by(name),
                answer -> grid.submit(take, taken -> answer.accept(taken(taken))),
                claim -> {
                    if (!claim.mayHaveHappened() || grid.random.nextInt(10) == 0) {
                        grid.later(1, 30, () -> dapr(name, cycle + 1));
                    } else {
                        grid.later(0, grid.random.nextInt(8) == 0 ? 500 : 20, () -> unlock(owner, name, cycle));
                    }
                });
    }

    private void unlock(Holder owner, String name, int cycle) {
        grid.call(
                invoke(Action.RELEASE, "dapr", owner.name()).by(name),
                answer -> grid.submit(new Command.ReleaseHolder(lock, owner), done -> answer.accept(released(done))),
                done -> {
                    if (done.isDefinite()) {
                        grid.later(1, 30, () -> dapr(name, cycle + 1));
                    } else {
                        unlock(owner, name, cycle);
                    }
                });
    }

    private static Told taken(Answer answer) {
        return answer.outcome() instanceof Outcome.Granted granted
                ? Told.ok(granted.token(), answer.view())
                : Told.fail(answer.view());
    }

    private static Told released(Answer answer) {
        return answer.outcome() instanceof Outcome.Released ? Told.ok(0, answer.view()) : Told.fail(answer.view());
    }

    void sfp(String name, int cycle) {
        if (isEnding) {
            return;
        }
        queue(name, name + "-" + cycle, cycle);
    }

    private void queue(String name, String holder, int cycle) {
        Command enqueue = new Command.Keyed(
                holder, 1, new Command.Enqueue(lock, nextTicket(), new Holder("sfp", holder), leaseMillis, 1_000));
        grid.call(
                invoke(Action.CLAIM, "sfp", holder).by(name).queues().under(holder),
                answer -> grid.submit(enqueue, done -> present(done, answer)),
                claim -> {
                    if (!claim.isDefinite()) {
                        queue(name, holder, cycle);
                    } else if (claim.saysHeld() || grid.random.nextInt(10) == 0) {
                        grid.later(0, 20, () -> release(name, holder, claim.ticket(), cycle));
                    } else if (grid.random.nextInt(20) == 0) {
                        grid.later(1, 30, () -> sfp(name, cycle + 1));
                    } else {
                        grid.later(1, 20, () -> look(name, holder, claim.ticket(), cycle));
                    }
                });
    }

    /** As the queue call does it: a new grant is told at once, anything else is looked up. */
    private void present(Answer done, Consumer<Told> answer) {
        switch (done.outcome()) {
            case Outcome.Granted granted
            when done.view().space().lock(lock).isPresent() ->
                grid.later(0, 1, () -> answer.accept(told(granted.ticket(), done.view())));
            case Outcome.Queued queued -> grid.read(view -> answer.accept(told(queued.ticket(), view)));
            case Outcome other -> throw new IllegalStateException("a queue call cannot have the outcome " + other);
        }
    }

    private Told told(String ticket, View view) {
        Told claim = stand(ticket, view);
        return new Told(Operation.Outcome.OK, ticket, claim.token(), claim.position(), view);
    }

    private Told stand(String ticket, View view) {
        Optional<Standing> standing = view.space().lock(lock).flatMap(known -> known.find(ticket));
        if (standing.orElse(null) instanceof Standing.Holding(var hold)) {
            return new Told(Operation.Outcome.OK, ticket, hold.token(), 0, view);
        }
        int position = standing.orElse(null) instanceof Standing.Waiting(var waiter, int place) ? place : 0;
        return new Told(Operation.Outcome.FAIL, ticket, 0, position, view);
    }

    private void look(String name, String holder, String ticket, int cycle) {
        grid.call(
                invoke(Action.LOOK, "sfp", holder).by(name),
                answer -> grid.read(view -> answer.accept(stand(ticket, view))),
                look -> {
                    if (look.saysHeld()) {
                        grid.later(0, 30, () -> release(name, holder, ticket, cycle));
                    } else if (look.isDefinite() && look.position() == 0) {
                        grid.later(1, 30, () -> sfp(name, cycle + 1));
                    } else {
                        grid.later(1, 20, () -> look(name, holder, ticket, cycle));
                    }
                });
    }

    private void release(String name, String holder, String ticket, int cycle) {
        grid.call(
                invoke(Action.RELEASE, "sfp", holder).by(name),
                answer -> grid.submit(new Command.ReleaseTicket(lock, ticket), done -> {
                    Told told = released(done);
                    answer.accept(new Told(told.outcome(), ticket, 0, 0, told.view()));
                }),
                done -> {
                    if (done.isDefinite()) {
                        grid.later(1, 30, () -> sfp(name, cycle + 1));
                    } else {
                        release(name, holder, ticket, cycle);
                    }
                });
    }

    void openSearch(String name, int cycle) {
        if (isEnding) {
            return;
        }
        String ticket = nextTicket();
        Command take = new Command.TryAcquire(lock, ticket, SCHEDULER, leaseMillis);
        String claimant = name + "-" + cycle;
        grid.call(
                invoke(Action.CLAIM, "opensearch", claimant).by(name),
                answer -> grid.submit(take, taken -> answer.accept(taken(taken))),
                claim -> {
                    if (claim.outcome() == Operation.Outcome.OK && grid.random.nextInt(3) == 0) {
                        renew(claimant, ticket, claim.token());
                    }
                    if (claim.outcome() == Operation.Outcome.OK) {
                        boolean named = grid.random.nextBoolean();
                        grid.later(0, named ? 400 : 30, () -> end(claimant, ticket, named ? claim.token() : 0));
                    }
                    grid.later(20, 600, () -> openSearch(name, cycle + 1));
                });
    }

    private void renew(String claimant, String ticket, long token) {
        grid.call(
                invoke(Action.RENEW, "opensearch", claimant).naming(token),
                answer -> grid.submit(
                        new Command.Renew(lock, ticket, leaseMillis),
                        done -> answer.accept(
                                done.outcome() instanceof Outcome.Renewed renewed
                                        ? Told.ok(renewed.token(), done.view())
                                        : Told.fail(done.view()))),
                done -> {});
    }

    /** With a token that grant, else whatever is held through this API. */
    private void end(String claimant, String ticket, long token) {
        grid.call(
                invoke(Action.RELEASE, "opensearch", claimant).naming(token),
                answer -> grid.read(view -> {
                    Optional<Lock> known = view.space().lock(lock);
                    Optional<String> held = known.flatMap(Lock::holder)
                            .map(hold -> hold.ticket())
                            .filter(holding -> holding.holder().equals(SCHEDULER))
                            .map(holding -> holding.id());
                    Optional<String> meant = token == 0 ? held : held.filter(ticket::equals);
                    if (meant.isPresent()) {
                        grid.submit(
                                new Command.ReleaseTicket(lock, meant.get()),
                                done -> answer.accept(Told.ok(0, done.view())));
                    } else {
                        boolean isOver =
                                known.isPresent() && known.get().holder().isEmpty();
                        answer.accept(isOver && token == 0 ? Told.ok(0, view) : Told.fail(view));
                    }
                }),
                done -> {});
    }

    private void clear(int cycle) {
        if (isEnding) {
            return;
        }
        grid.later(
                500,
                3_000,
                () -> grid.call(
                        invoke(Action.CLEAR, "sfp", "admin-" + cycle),
                        answer -> grid.submit(new Command.Clear(lock), done -> answer.accept(Told.ok(0, done.view()))),
                        done -> clear(cycle + 1)));
    }
}
