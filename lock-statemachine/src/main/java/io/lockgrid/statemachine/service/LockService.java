package io.lockgrid.statemachine.service;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import java.util.concurrent.CompletionStage;

/**
 * The port between the APIs and the replicated log. Any thread may call it; stages complete on a thread of the
 * implementation, which callers must leave at once.
 */
public interface LockService {
    /**
     * Sends a command to the log.
     *
     * @return its outcome once a majority has stored it; fails with {@link SubmitException} when there is no outcome,
     *     whose type tells whether a retry is safe
     */
    CompletionStage<Answer> submit(Command command);

    /**
     * Reads the lock space as it is at some moment between this call and its completion (linearizable).
     *
     * @return the value, which never changes under its reader; fails with {@link SubmitException} when no quorum
     *     confirmed it
     */
    CompletionStage<View> read();

    /**
     * Waits until this node has applied the log up to an entry, for one who has seen that entry answered.
     *
     * @return a value with the entry in it; fails with {@link SubmitException} when this node does not get there
     */
    CompletionStage<View> at(long index);

    /**
     * Waits until a ticket does not wait any longer: completes when this node applies the entry that grants or ends it,
     * at once if it is not in the queue here. Asks nobody and puts nothing into the log.
     *
     * @param ticket one that the caller has seen in a view of this node; any other is not in the queue
     * @return the value of this node in which the ticket holds, is over or forgotten. It is committed, but a node that
     *     is cut off hears of nothing, so a caller who has waited enough reads once more. Fails with
     *     {@link SubmitException.NotSent} when the node stops; cancel its future to stop waiting
     */
    CompletionStage<View> settled(LockName lock, String ticket);

    /** How many nodes the leader hears right now; asks the leader, not the log. Never fails: no leader hears nobody. */
    CompletionStage<Members> members();

    /** What this node knows of itself right now; answers without the log, so it may be out of date. */
    NodeStatus status();

    /**
     * What came of a command.
     *
     * @param index log index of the entry that held the command
     * @param clusterTimeMillis clusterTime of that entry, in ms: a lease has {@code expiresAtMillis} minus this left
     */
    record Answer(Outcome outcome, long index, long term, long clusterTimeMillis) {}

    /**
     * The lock space at one log index.
     *
     * @param space the value; what it says holds for {@code index}
     * @param index log index of the last entry in it
     */
    record View(LockSpace space, long index, long term) {}

    /**
     * The nodes of the cluster.
     *
     * @param nodes how many there are
     * @param reachable how many of them the leader has heard within the last seconds, itself included; 0 without a
     *     leader
     */
    record Members(int nodes, int reachable) {}
}
