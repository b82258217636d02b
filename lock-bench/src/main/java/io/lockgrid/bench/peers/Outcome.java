package io.lockgrid.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What one measurement showed.
 *
 * @param perSecond cycles a second
 * @param cycle times of whole cycles
 * @param handOver times from the moment a holder sends its release until the next one knows that it holds; zeros where
 *     nobody waits
 * @param serverCpu seconds that all servers together took for 100,000 cycles
 * @param clientCpu seconds that the client took for 100,000 cycles
 * @param errors how many cycles failed
 */
record Outcome(double perSecond, Spread cycle, Spread handOver, double serverCpu, double clientCpu, long errors) {
    /** Half of the times are at most {@code p50} ms, 99 of 100 at most {@code p99} ms. */
    record Spread(double p50, double p99) {
        private static Spread of(JsonNode times) {
            return new Spread(times.path("p50").asDouble(), times.path("p99").asDouble());
        }
    }

    /** Reads what a client wrote. */
    static Outcome read(Path file) throws IOException {
        JsonNode found = new ObjectMapper().readTree(file.toFile());
        JsonNode times = found.path("times");
        return new Outcome(
                found.path("cyclesPerSecond").asDouble(),
                Spread.of(times.path("cycle")),
                Spread.of(times.path("hand-over")),
                found.path("serverCpuPer100kCycles").asDouble(),
                found.path("driverCpuPer100kCycles").asDouble(),
                found.path("errors").asLong());
    }

    @Override
    public String toString() {
        String text = String.format(
                Locale.ROOT,
                "%,9.0f/s  cycle p50 %.2f p99 %.2f ms  CPU s/100,000: servers %.1f client %.1f",
                perSecond,
                cycle.p50(),
                cycle.p99(),
                serverCpu,
                clientCpu);
        text += handOver.p99() == 0
                ? ""
                : String.format(Locale.ROOT, "  hand-over p50 %.2f p99 %.2f ms", handOver.p50(), handOver.p99());
        return errors == 0 ? text : text + "  " + errors + " ERRORS";
    }
}
