package io.lockgrid.statemachine;

/**
 * What a request key stands for.
 *
 * @param id the key
 * @param fingerprint of what was asked for
 * @param outcome what the first request got; every repeat gets the same
 * @param sequence its place among all that was remembered
 * @param seenAtMillis clusterTime of the first request, in ms
 */
public record RequestRecord(String id, long fingerprint, Outcome outcome, long sequence, long seenAtMillis)
        implements Line.Member {
    long keptUntilMillis() {
        return seenAtMillis + Limits.REQUEST_KEY_KEPT_MILLIS;
    }
}
