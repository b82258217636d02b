package io.lockgrid.http.dapr;

import java.util.Set;

/**
 * The lock stores of the Dapr API.
 *
 * @param names that are known; empty means any
 * @param keyPrefix who shares a lock in them
 */
public record DaprStores(Set<String> names, KeyPrefix keyPrefix) {
    /** Any name, shared by all callers. */
    public static final DaprStores ANY = new DaprStores(Set.of(), KeyPrefix.NAME);

    public DaprStores {
        names = Set.copyOf(names);
    }

    boolean know(String name) {
        return !name.isEmpty() && (names.isEmpty() || names.contains(name));
    }
}
