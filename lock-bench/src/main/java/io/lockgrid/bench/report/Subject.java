package io.lockgrid.bench.report;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * What a report is about.
 *
 * @param workload its name
 * @param api its name
 * @param servers their addresses
 * @param startedAt by the wall clock
 */
public record Subject(String workload, String api, List<URI> servers, Instant startedAt) {
    /** In a line. */
    public String title() {
        return workload + " over " + api;
    }
}
