package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the simulation saw of one step of the leader's replica: an entry that was applied, or a restart from a snapshot.
 *
 * @param entry what was applied; empty for a restart
 * @param firstTime whether the entry holds a batch that was never delivered before
 * @param awaited whether the sender of the batch still waits for its answer
 * @param stampedAtMillis real time at which the leader made the stamp, in ms since the start
 * @param outcomes one for each command
 * @param events in order
 * @param before the state before the step
 * @param after the state after it
 * @param space the same, as the core shows it
 */
public record Observation(
        Optional<Entry> entry,
        boolean firstTime,
        boolean awaited,
        long stampedAtMillis,
        List<Outcome> outcomes,
        List<Event> events,
        GridState before,
        GridState after,
        LockSpace space) {
    /** A command and what came of it. */
    public record Answered(Command command, Outcome outcome) {}

    /** The batch of the entry; the simulation puts one into each, as several would be worth as many entries. */
    public Optional<Batch> batch() {
        return entry.flatMap(some -> some.batches().stream().findFirst());
    }

    /** The commands of a batch with their outcomes; a request key's wrapping stays. */
    public List<Answered> answers() {
        List<Answered> answers = new ArrayList<>();
        batch().ifPresent(batch -> {
            for (int i = 0; i < batch.commands().size(); i++) {
                answers.add(new Answered(batch.commands().get(i), outcomes.get(i)));
            }
        });
        return answers;
    }

    /** Without what a request key puts around a command. */
    public static Command bare(Command command) {
        return command instanceof Command.Keyed keyed ? keyed.command() : command;
    }
}
