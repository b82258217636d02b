package io.lockgrid.bench.driver;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.SingleWriterRecorder;

/** The times and errors of one event loop, which alone writes; another thread takes out what has come. */
final class Recording {
    private static final long NANOS_MIN = 1_000;
    private static final long NANOS_MAX = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final Map<String, SingleWriterRecorder> times = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    void record(String operation, long nanos) {
        times.computeIfAbsent(operation, name -> new SingleWriterRecorder(NANOS_MIN, NANOS_MAX, DIGITS))
                .recordValue(Math.min(nanos, NANOS_MAX));
    }

    void failed(String kind) {
        errors.computeIfAbsent(kind, name -> new LongAdder()).increment();
    }

    /** Moves what has come since the last call. */
    void drainTo(Tally tally) {
        times.forEach((operation, recorder) -> tally.add(operation, recorder.getIntervalHistogram()));
        errors.forEach((kind, count) -> tally.addErrors(kind, count.sumThenReset()));
    }
}
