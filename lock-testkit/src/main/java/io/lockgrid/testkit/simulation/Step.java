package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Command;
import java.util.List;

/**
 * One thing that happens in a run. A step that makes no sense where it stands (a delivery with nothing to deliver) does
 * nothing, so that any steps may be taken out of a run and the rest is still a run.
 */
public sealed interface Step {
    /** A node makes a batch of commands, if it has room for one more that is unanswered. */
    record Send(int node, List<Command> commands) implements Step {}

    /**
     * One of a node's unanswered batches reaches the leader and is applied.
     *
     * @param which among those unanswered
     * @param delayMillis between the leader's stamp and the append
     * @param replyLost the node does not hear the answer, and may send the batch again
     */
    record Deliver(int node, int which, long delayMillis, boolean replyLost) implements Step {}

    /** A batch that was delivered before arrives once more, be it answered or not. */
    record DeliverAgain(int which) implements Step {}

    /** The leader sends an entry without commands. */
    record Tick() implements Step {}

    /** Real time passes. */
    record Wait(long millis) implements Step {}

    /** Another node leads: its clock starts at the clusterTime of the last entry. */
    record Elect() implements Step {}

    /** The leader's wall clock is set to another time. */
    record SetWallClock(long millis) implements Step {}

    /** A node starts anew, under a new origin; what it had sent may still arrive. */
    record RestartNode(int node) implements Step {}

    /** The leader's replica is written to a snapshot and read back. */
    record RestoreLeader() implements Step {}

    /** A snapshot is kept for the follower. */
    record KeepSnapshot() implements Step {}

    /** The follower hears no more entries. */
    record CutFollower() implements Step {}

    /** The follower catches up, entry by entry. */
    record FollowByLog() implements Step {}

    /** The follower takes the kept snapshot, if it is newer than its state, and then the entries after it. */
    record FollowBySnapshot() implements Step {}
}
