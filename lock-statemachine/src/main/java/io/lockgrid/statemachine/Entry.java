package io.lockgrid.statemachine;

import java.util.Optional;

/**
 * What one log entry holds.
 *
 * @param stampMillis the leader's time, in ms of clusterTime; apply takes the maximum of it and of what it had
 * @param wallMillis the leader's wall time in ms since 1970, for people; decides nothing
 * @param batch the commands; an entry without is a tick or a read barrier
 */
public record Entry(long stampMillis, long wallMillis, Optional<Batch> batch) {}
