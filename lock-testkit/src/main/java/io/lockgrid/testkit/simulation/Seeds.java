package io.lockgrid.testkit.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Runs simulations, each a function of one seed. {@code -Dlockgrid.seed=42} runs that seed alone,
 * {@code -Dlockgrid.seeds=200000} that many.
 */
public final class Seeds {
    /** Enough for queues, their hand-overs and a few faults of each kind. */
    static final int STEPS = 120;

    private static final String REPLAY = "scripts/mvn -q -pl lock-testkit -am test -Dtest=SimulationTest"
            + " -Dtests.expected=false -Dsurefire.failIfNoSpecifiedTests=false -Dlockgrid.seed=";

    private final Supplier<? extends Core> cores;
    private final Supplier<List<Invariant>> invariants;

    /**
     * @param cores makes a replica of the core to be tested
     * @param invariants makes the checks of one run
     */
    public Seeds(Supplier<? extends Core> cores, Supplier<List<Invariant>> invariants) {
        this.cores = cores;
        this.invariants = invariants;
    }

    /**
     * Runs the seeds 1 to {@code count}, or what the system properties say.
     *
     * @throws AssertionError at the first that fails: with its seed, the command that runs it again, and the shortest
     *     failing run that was found, as a scenario
     */
    public void check(int count) {
        Optional<Failure> failure = Optional.ofNullable(Long.getLong("lockgrid.seed"))
                .map(this::run)
                .orElseGet(() -> firstFailure(Integer.getInteger("lockgrid.seeds", count), any -> true));
        failure.ifPresent(found -> {
            throw new AssertionError(report(found));
        });
    }

    /** The first of the seeds 1 to {@code count} that fails in a way that is sought. */
    public Optional<Failure> firstFailure(int count, Predicate<Violation> sought) {
        for (long seed = 1; seed <= count; seed++) {
            Optional<Failure> failure = run(seed).filter(found -> sought.test(found.violation()));
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /** A run that failed. */
    public record Failure(long seed, Violation violation) {}

    private Optional<Failure> run(long seed) {
        return Simulation.run(Workload.of(seed, STEPS), cores, invariants.get(), Transcript.NONE)
                .map(violation -> new Failure(seed, violation));
    }

    /** What a person needs to know of a failure. */
    public String report(Failure failure) {
        List<Step> steps = Workload.of(failure.seed(), STEPS);
        String check = failure.violation().check();
        Predicate<List<Step>> failsAlike = fewer -> Simulation.run(fewer, cores, invariants.get(), Transcript.NONE)
                .filter(violation -> violation.check().equals(check))
                .isPresent();
        List<Step> shortest = Shrinker.shrink(steps, failsAlike);
        Transcript transcript = new Transcript();
        Violation violation =
                Simulation.run(shortest, cores, invariants.get(), transcript).orElse(failure.violation());
        return """
                seed %d fails. Run it again with
                  %s%d

                # seed %d, shrunk from %d steps to %d. The last entry breaks
                # %s

                %s""".formatted(
                        failure.seed(),
                        REPLAY,
                        failure.seed(),
                        failure.seed(),
                        steps.size(),
                        shortest.size(),
                        String.valueOf(violation.getMessage()).replace("\n", "\n# "),
                        transcript.text());
    }
}
