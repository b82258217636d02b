package io.lockgrid.statemachine;

import java.util.List;
import java.util.Optional;

/**
 * What one log entry holds.
 *
 * @param stampMillis the leader's time, in ms of clusterTime, 0 to {@link Limits#CLUSTER_TIME_MILLIS_MAX}; apply takes
 *     the maximum of it and of what it had
 * @param wallMillis the leader's wall time in ms since 1970, for people; decides nothing
 * @param batches the commands, of one node or of several, each batch applied by itself and in order; an entry without
 *     is a tick or a read barrier
 */
public record Entry(long stampMillis, long wallMillis, List<Batch> batches) {
    /** @throws IllegalArgumentException if the stamp is out of range */
    public Entry {
        if (stampMillis < 0 || stampMillis > Limits.CLUSTER_TIME_MILLIS_MAX) {
            throw new IllegalArgumentException("an entry cannot have the stamp " + stampMillis);
        }
        batches = List.copyOf(batches);
    }

    /** An entry of one batch, or of none. */
    public Entry(long stampMillis, long wallMillis, Optional<Batch> batch) {
        this(stampMillis, wallMillis, batch.stream().toList());
    }
}
