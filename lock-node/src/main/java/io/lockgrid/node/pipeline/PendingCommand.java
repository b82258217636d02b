package io.lockgrid.node.pipeline;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.service.LockService.Answer;
import java.util.concurrent.CompletableFuture;

/**
 * A command without an answer yet.
 *
 * @param deadlineNanos when it is given up, on the pipeline's monotonic clock
 */
record PendingCommand(Command command, CompletableFuture<Answer> answer, long deadlineNanos) {}
