package io.lockgrid.peers.loop;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What the clients saw while the window was open: of a cycle that ended in it, all counts. */
final class Measures {
    private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(2);
    private static final int DIGITS = 3;

    private final Histogram acquire = histogram();
    private final Histogram release = histogram();
    private final Histogram cycle = histogram();
    private final Histogram handOver = histogram();
    private final LongAdder cycles = new LongAdder();
    private volatile boolean open;
    private long beganNanos;
    private long tookNanos;

    /** When the holder of the one hot lock began to let go of it; 0 before anybody did. */
    private volatile long letGoNanos;

    void begin() {
        beganNanos = System.nanoTime();
        open = true;
    }

    void end() {
        open = false;
        tookNanos = System.nanoTime() - beganNanos;
    }

    void acquired(long start, long held, boolean handedOver) {
        if (open) {
            record(acquire, held - start);
            if (handedOver && letGoNanos != 0) {
                record(handOver, held - letGoNanos);
            }
        }
    }

    void releasing(long now) {
        letGoNanos = now;
    }

    void released(long start, long letGo, long end) {
        if (open) {
            record(release, end - letGo);
            record(cycle, end - start);
            cycles.increment();
        }
    }

    /** The result as LockGrid's own driver writes it; times are in ms. */
    String json(int errors, Duration servers, Duration own) {
        return String.format(
                Locale.ROOT,
                "{\"cyclesPerSecond\":%.1f,\"errors\":%d,\"serverCpuPer100kCycles\":%.2f,"
                        + "\"driverCpuPer100kCycles\":%.2f,\"times\":{\"acquire\":%s,\"release\":%s,\"cycle\":%s,"
                        + "\"hand-over\":%s}}",
                cycles.sum() * 1e9 / tookNanos,
                errors,
                per100k(servers),
                per100k(own),
                json(acquire),
                json(release),
                json(cycle),
                json(handOver));
    }

    private double per100k(Duration cpu) {
        return cpu.toMillis() / 1e3 * 100_000 / Math.max(1, cycles.sum());
    }

    private static String json(Histogram micros) {
        return String.format(
                Locale.ROOT,
                "{\"count\":%d,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f}",
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(MICROS_MAX, Math.max(0, nanos / 1_000)));
    }

    private static Histogram histogram() {
        return new ConcurrentHistogram(MICROS_MAX, DIGITS);
    }
}
