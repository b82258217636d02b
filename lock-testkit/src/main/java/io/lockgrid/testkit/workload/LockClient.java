package io.lockgrid.testkit.workload;

import io.lockgrid.testkit.history.Claim;

/** A client of one of the three APIs. One thread. */
public interface LockClient {
    /** Namespace of all locks of a test: Dapr's store, sfp's repository, OpenSearch's index. */
    String NAMESPACE = "fleet";

    /** Asks for a lock, holds it for a moment if it gets it, and gives it back. Records every call. */
    void cycle(String name);

    /** What the lock is called in a history. */
    static String lock(String name) {
        return NAMESPACE + "/" + name;
    }

    /** The name of the lock that was claimed. */
    static String nameOf(Claim claim) {
        return claim.lock().substring(NAMESPACE.length() + 1);
    }
}
