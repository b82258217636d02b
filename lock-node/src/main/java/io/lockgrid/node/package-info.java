/**
 * A member of the grid. Start at {@link io.lockgrid.node.LockNode}; a request's way is
 * {@code pipeline.CommandPipeline}, {@code raft.RaftLogSender}, {@code raft.LockStateMachine} and back.
 */
@NullMarked
package io.lockgrid.node;

import org.jspecify.annotations.NullMarked;
