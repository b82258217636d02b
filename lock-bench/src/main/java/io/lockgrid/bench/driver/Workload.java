package io.lockgrid.bench.driver;

import java.util.List;
import java.util.Map;

/** What the clients of a run do. */
public interface Workload {
    /**
     * Makes a client.
     *
     * @param client its number, from 0
     * @param lane where it runs and records
     */
    Session session(int client, Lane lane);

    /**
     * What the run showed beside times, for example how many turns there were; asked once, when all clients stopped.
     */
    default Map<String, Object> findings() {
        return Map.of();
    }

    /** What the server must not have done; asked once, when all clients stopped. */
    default List<String> complaints() {
        return List.of();
    }
}
