package io.lockgrid.node;

import io.lockgrid.node.clock.ClockPulse;
import io.lockgrid.node.pipeline.CommandPipeline;
import io.lockgrid.node.raft.LockStateMachine.Observer;
import io.lockgrid.node.raft.RaftMember;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockSpace;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Passes on what the log tells to those who follow it. */
final class LogFollowers implements Observer {
    private final AppliedIndex applied;
    private final ClockPulse pulse;
    private final CommandPipeline pipeline;
    private final TicketWaits waits;
    private final ExecutorService executor;
    private volatile @Nullable RaftMember member;

    LogFollowers(
            AppliedIndex applied,
            ClockPulse pulse,
            CommandPipeline pipeline,
            TicketWaits waits,
            ExecutorService executor) {
        this.applied = applied;
        this.pulse = pulse;
        this.pipeline = pipeline;
        this.waits = waits;
        this.executor = executor;
    }

    /** The member exists only after Ratis may have called already. */
    void follow(RaftMember started) {
        member = started;
    }

    @Override
    public boolean applied(LockSpace space, List<Event> events, long index) {
        applied.advance(index);
        boolean allAwaitedHere = waits.applied(events);
        pulse.applied(space);
        return allAwaitedHere;
    }

    @Override
    public void replaced(LockSpace space, long index) {
        applied.advance(index);
        waits.replaced();
        pulse.applied(space);
    }

    /** Called under locks of Ratis, so the rest is done elsewhere. */
    @Override
    public void leadershipChanged() {
        executor.execute(() -> {
            RaftMember started = member;
            if (started != null) {
                started.leadershipChanged();
            }
            pipeline.leadershipChanged();
            pulse.leadershipChanged();
        });
    }
}
