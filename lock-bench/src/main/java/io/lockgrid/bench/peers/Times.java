package io.lockgrid.bench.peers;

import java.time.Duration;

/**
 * How long a measurement takes.
 *
 * @param warmUpSeconds of the load before anything counts
 * @param seconds that are measured
 */
record Times(int warmUpSeconds, int seconds) {
    /** For the clients to connect, and to end. */
    private static final int AROUND_SECONDS = 60;

    /** After this long a client hangs. */
    Duration patience() {
        return Duration.ofSeconds((long) warmUpSeconds + seconds + AROUND_SECONDS);
    }
}
