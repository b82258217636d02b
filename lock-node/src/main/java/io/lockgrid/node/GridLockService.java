package io.lockgrid.node;

import io.lockgrid.node.clock.ClockPulse;
import io.lockgrid.node.pipeline.CommandPipeline;
import io.lockgrid.node.raft.LockStateMachine.Position;
import io.lockgrid.node.raft.RaftMember;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.NodeStatus;
import io.lockgrid.statemachine.service.NodeStatus.Role;
import io.lockgrid.statemachine.service.SubmitException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The grid as the APIs see it: commands and reads go through the pipeline, reads are answered from the value here. */
final class GridLockService implements LockService, ClockPulse.Sink {
    /** How long a follower waits to hear of a commit before it asks for one more entry, in ms. */
    private static final long NEWS_MILLIS = 5;

    private final String id;
    private final RaftMember member;
    private final CommandPipeline pipeline;
    private final AppliedIndex applied;
    private final TicketWaits waits;
    private final DiskWatch disk;
    private final AtomicBoolean asking = new AtomicBoolean();

    GridLockService(
            String id,
            RaftMember member,
            CommandPipeline pipeline,
            AppliedIndex applied,
            TicketWaits waits,
            DiskWatch disk) {
        this.id = id;
        this.member = member;
        this.pipeline = pipeline;
        this.applied = applied;
        this.waits = waits;
        this.disk = disk;
    }

    @Override
    public CompletionStage<Answer> submit(Command command) {
        String complaint = disk.complaint();
        return complaint.isEmpty()
                ? pipeline.submit(command)
                : CompletableFuture.failedFuture(new SubmitException.NotSent(complaint));
    }

    @Override
    public CompletionStage<View> read() {
        return pipeline.barrier().thenCompose(this::at);
    }

    @Override
    public CompletionStage<View> at(long index) {
        CompletionStage<Long> here = applied.reached(index);
        askWhileWaitedFor();
        return here.thenApply(reached -> view(member));
    }

    /** The lock space as far as a member has applied the log. */
    static View view(RaftMember member) {
        Position position = member.position();
        return new View(position.space(), position.index(), position.term());
    }

    @Override
    public CompletableFuture<View> settled(LockName lock, String ticket) {
        return waits.settled(lock, ticket);
    }

    /**
     * A follower hears what was committed with the next entry or, where there is none, with the next heartbeat, half an
     * election timeout later. On a grid that is idle otherwise a reader need not wait for that: another entry brings
     * the news.
     */
    private void askWhileWaitedFor() {
        if (applied.isWaitedFor() && asking.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(NEWS_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        asking.set(false);
                        if (applied.isWaitedFor()) {
                            pipeline.barrier().thenRun(this::askWhileWaitedFor);
                        }
                    });
        }
    }

    @Override
    public CompletionStage<Members> members() {
        return member.members();
    }

    @Override
    public NodeStatus status() {
        Role role = member.role();
        Optional<String> leader = role == Role.CANDIDATE ? Optional.empty() : member.leader();
        Position position = member.position();
        String notReady = notReady(role, leader);
        return new NodeStatus(
                id, role, leader, member.term(), position.index(), position.space(), notReady.isEmpty(), notReady);
    }

    /** Nobody waits for it: a beat that did not reach the log is followed by another. */
    @Override
    public void tick() {
        pipeline.barrier();
    }

    @Override
    public void purge() {
        pipeline.submit(new Command.Purge(Command.Purge.ITEMS_MAX));
    }

    private String notReady(Role role, Optional<String> leader) {
        return switch (role) {
            case STOPPED -> "this node has stopped";
            case CANDIDATE -> "no leader is known: this node is not connected to a majority";
            case LEADER ->
                member.isReadyLeader() ? disk.complaint() : "this node was elected and is not ready to lead yet";
            case FOLLOWER -> {
                if (leader.isEmpty()) {
                    yield "no leader is known yet";
                }
                yield member.hasCaughtUp() ? disk.complaint() : "this node is catching up with the leader";
            }
        };
    }
}
