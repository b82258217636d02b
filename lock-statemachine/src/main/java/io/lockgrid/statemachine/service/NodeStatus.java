package io.lockgrid.statemachine.service;

import io.lockgrid.statemachine.LockSpace;
import java.util.Optional;

/**
 * What a node knows of itself.
 *
 * @param id of this node
 * @param role in the cluster
 * @param leader id of the leader, if one is known
 * @param term Raft term
 * @param appliedIndex log index of the last applied entry, -1 if none
 * @param space the lock space at {@code appliedIndex}
 * @param ready whether requests are served; if not, {@code notReady} says why
 */
public record NodeStatus(
        String id,
        Role role,
        Optional<String> leader,
        long term,
        long appliedIndex,
        LockSpace space,
        boolean ready,
        String notReady) {
    /** Raft's roles. */
    public enum Role {
        LEADER,
        FOLLOWER,
        CANDIDATE,
        STOPPED
    }
}
