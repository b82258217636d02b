package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds a short list of steps that still fails: takes out halves, then ever smaller chunks, then single commands. */
final class Shrinker {
    private final Predicate<List<Step>> fails;
    private List<Step> steps;

    private Shrinker(List<Step> steps, Predicate<List<Step>> fails) {
        this.steps = steps;
        this.fails = fails;
    }

    /** @param steps a list that fails */
    static List<Step> shrink(List<Step> steps, Predicate<List<Step>> fails) {
        Shrinker shrinker = new Shrinker(steps, fails);
        int before;
        do {
            before = shrinker.steps.size();
            for (int chunk = before / 2; chunk >= 1; chunk /= 2) {
                shrinker.takeOut(chunk);
            }
            shrinker.takeOutCommands();
        } while (shrinker.steps.size() < before);
        return shrinker.steps;
    }

    private void takeOut(int chunk) {
        for (int from = 0; from + chunk <= steps.size(); ) {
            List<Step> fewer = new ArrayList<>(steps.subList(0, from));
            fewer.addAll(steps.subList(from + chunk, steps.size()));
            if (fails.test(fewer)) {
                steps = fewer;
            } else {
                from += chunk;
            }
        }
    }

    private void takeOutCommands() {
        for (int at = 0; at < steps.size(); at++) {
            for (int command = 0;
                    steps.get(at) instanceof Step.Send send
                            && command < send.commands().size(); ) {
                List<Command> fewer = new ArrayList<>(send.commands());
                fewer.remove(command);
                List<Step> changed = new ArrayList<>(steps);
                changed.set(at, new Step.Send(send.node(), fewer));
                if (!fewer.isEmpty() && fails.test(changed)) {
                    steps = changed;
                } else {
                    command++;
                }
            }
        }
    }
}
