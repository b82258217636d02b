package io.lockgrid.bench.driver;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Times by operation, in nanoseconds, and how often what went wrong. */
public final class Tally {
    /** The operation that a whole cycle is recorded as. */
    public static final String CYCLE = "cycle";

    private static final int DIGITS = 3;

    private final Map<String, Histogram> times = new TreeMap<>();
    private final Map<String, Long> errors = new TreeMap<>();

    void add(String operation, Histogram more) {
        if (more.getTotalCount() > 0) {
            times.computeIfAbsent(operation, name -> new Histogram(DIGITS)).add(more);
        }
    }

    void addErrors(String kind, long count) {
        if (count > 0) {
            errors.merge(kind, count, Long::sum);
        }
    }

    void add(Tally other) {
        other.times.forEach(this::add);
        other.errors.forEach(this::addErrors);
    }

    /** The times of each operation that was done, in ns. */
    public Map<String, Histogram> times() {
        return times;
    }

    /** The times of the cycles, in ns; empty if there were none. */
    public Histogram cycles() {
        return times.getOrDefault(CYCLE, new Histogram(DIGITS));
    }

    /** How often each kind of error occurred. */
    public Map<String, Long> errors() {
        return errors;
    }

    /** How many cycles failed or other steps did. */
    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }
}
