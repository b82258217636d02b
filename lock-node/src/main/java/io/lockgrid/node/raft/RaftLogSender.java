package io.lockgrid.node.raft;

import io.lockgrid.statemachine.Batch;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/**
 * Reaches the log directly while this node leads, and through the leader's Raft port otherwise.
 *
 * <p>Any thread but an event loop may call; stages complete on threads of Ratis, which must not be held up.
 */
final class RaftLogSender implements LogSender {
    private final RaftServer.Division division;
    private final LeaderLog local;
    private final LeaderSender remote;

    RaftLogSender(RaftServer.Division division, LeaderLog local, LeaderSender remote) {
        this.division = division;
        this.local = local;
        this.remote = remote;
    }

    @Override
    public CompletionStage<Sent> send(Optional<Batch> batch) {
        if (division.getInfo().isLeader()) {
            return local.append(batch);
        }
        RaftPeerId leader = division.getInfo().getLeaderId();
        return leader == null || leader.equals(division.getId())
                ? CompletableFuture.completedFuture(new Sent.NotAppended("no leader is known"))
                : remote.send(batch, leader);
    }

    /** See {@link LeaderSender#leaderChanged}. */
    void leadershipChanged() {
        remote.leaderChanged(division.getInfo().getLeaderId());
    }
}
