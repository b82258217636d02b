package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.codec.EntryCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One run: a leader's replica, a follower's, three nodes that send, their clocks, and the checks after every step. */
public final class Simulation {
    private final Core core;
    private final Follower follower;
    private final List<Invariant> invariants;
    private final Transcript transcript;
    private final Clocks clocks = new Clocks();
    private final Sender[] senders = new Sender[Workload.NODES];
    private final List<Batch> delivered = new ArrayList<>();
    private final Set<List<Long>> seen = new HashSet<>();
    private long origins;

    private Simulation(Supplier<? extends Core> cores, List<Invariant> invariants, Transcript transcript) {
        this.core = cores.get();
        this.follower = new Follower(cores.get());
        this.invariants = invariants;
        this.transcript = transcript;
        for (int node = 0; node < senders.length; node++) {
            senders[node] = new Sender(++origins);
        }
    }

    /**
     * Runs the steps, then lets every batch arrive and every queue drain.
     *
     * @param cores makes a replica
     * @param invariants fresh ones
     * @return what went wrong, if anything did
     */
    static Optional<Violation> run(
            List<Step> steps, Supplier<? extends Core> cores, List<Invariant> invariants, Transcript transcript) {
        try {
            Simulation simulation = new Simulation(cores, invariants, transcript);
            steps.forEach(simulation::take);
            simulation.drain();
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(violation);
        } catch (RuntimeException e) {
            // A core that throws has stopped its node, which no input may do.
            return Optional.of(new Violation("NeverStops", e));
        }
    }

    private void take(Step step) {
        transcript.step(step);
        switch (step) {
            case Step.Send(var node, var commands) -> senders[node].send(commands);
            case Step.Deliver(var node, var which, var delay, var replyLost) ->
                deliverOne(senders[node], which, delay, replyLost);
            case Step.DeliverAgain(var which) -> {
                if (!delivered.isEmpty()) {
                    append(Optional.of(delivered.get(which % delivered.size())), 0);
                }
            }
            case Step.Tick() -> append(Optional.empty(), 0);
            case Step.Wait(var millis) -> clocks.pass(millis);
            case Step.Elect() -> clocks.lead(core.space().clusterTimeMillis());
            case Step.SetWallClock(var millis) -> clocks.setWall(millis);
            case Step.RestartNode(var node) -> {
                delivered.addAll(senders[node].unanswered());
                senders[node] = new Sender(++origins);
            }
            case Step.RestoreLeader() -> restoreLeader();
            case Step.KeepSnapshot() -> follower.keep(core.snapshot());
            case Step.CutFollower() -> follower.cut();
            case Step.FollowByLog() -> follower.followByLog();
            case Step.FollowBySnapshot() -> follower.followBySnapshot();
        }
    }

    private void deliverOne(Sender sender, int which, long delayMillis, boolean replyLost) {
        if (sender.unanswered().isEmpty()) {
            return;
        }
        Batch batch = sender.unanswered().get(which % sender.unanswered().size());
        append(Optional.of(batch), delayMillis);
        delivered.add(batch);
        if (!replyLost) {
            sender.answered(batch);
        }
    }

    private void append(Optional<Batch> batch, long delayMillis) {
        long stampedAt = clocks.stampedAt(delayMillis);
        Entry entry = new Entry(clocks.stamp(stampedAt), clocks.wallMillis(), batch);
        byte[] bytes = EntryCodec.encode(entry);
        boolean firstTime = batch.isPresent()
                && seen.add(List.of(batch.get().origin(), batch.get().sequence()));
        boolean awaited = batch.isPresent() && isAwaited(batch.get());
        GridState before = GridState.of(core.space());
        transcript.entry(entry);
        Core.Result result = core.apply(bytes);
        transcript.result(result);
        GridState after = GridState.of(core.space());
        observe(new Observation(
                Optional.of(entry),
                firstTime,
                awaited,
                stampedAt,
                result.outcomes(),
                result.events(),
                before,
                after,
                core.space()));
        follower.append(bytes, after);
    }

    private boolean isAwaited(Batch batch) {
        for (Sender sender : senders) {
            if (sender.awaits(batch)) {
                return true;
            }
        }
        return false;
    }

    private void restoreLeader() {
        GridState before = GridState.of(core.space());
        core.restore(core.snapshot());
        GridState after = GridState.of(core.space());
        observe(new Observation(
                Optional.empty(),
                false,
                false,
                clocks.realMillis(),
                List.of(),
                List.of(),
                before,
                after,
                core.space()));
    }

    private void observe(Observation step) {
        invariants.forEach(invariant -> invariant.check(step));
    }

    /** The quiet end: what was sent arrives, the follower comes back, and time passes until nothing is held. */
    private void drain() {
        for (int node = 0; node < senders.length; node++) {
            while (!senders[node].unanswered().isEmpty()) {
                take(new Step.Deliver(node, 0, 0, false));
            }
        }
        take(new Step.FollowByLog());
        int open = core.space().heldCount() + core.space().waiterCount();
        for (int turn = 0; turn < open && core.space().heldCount() > 0; turn++) {
            take(new Step.Wait(60_000));
            take(new Step.Tick());
        }
        if (core.space().heldCount() + core.space().waiterCount() > 0) {
            throw new Violation(
                    "EveryQueueDrains",
                    "tickets are left over: " + GridState.of(core.space()).locks());
        }
    }
}
