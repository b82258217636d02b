package io.lockgrid.statemachine;

import java.util.List;

/**
 * Commands that travel together and are applied once, however often the batch is sent.
 *
 * @param origin one process life of a node, drawn at random when it starts
 * @param sequence the batch's number in its origin, from 1
 * @param floor the lowest number in this origin that was still unanswered when this batch was first sent, 1 to
 *     {@code sequence}; outcomes below it need not be remembered
 * @param commands 1 to {@link Limits#BATCH_COMMANDS_MAX}
 */
public record Batch(long origin, long sequence, long floor, List<Command> commands) {
    /** @throws IllegalArgumentException if the numbers are out of range or there is no command */
    public Batch {
        if (floor < 1 || floor > sequence || sequence - floor >= Limits.UNANSWERED_BATCHES_MAX) {
            throw new IllegalArgumentException("a batch of sequence " + sequence + " cannot have the floor " + floor);
        }
        if (commands.isEmpty() || commands.size() > Limits.BATCH_COMMANDS_MAX) {
            throw new IllegalArgumentException("a batch has 1 to " + Limits.BATCH_COMMANDS_MAX + " commands");
        }
        commands = List.copyOf(commands);
    }
}
