package io.lockgrid.statemachine;

import io.lockgrid.statemachine.collection.Fifo;
import io.lockgrid.statemachine.collection.OrderedTree;
import java.util.OptionalLong;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;

/**
 * What a lock space is made of; immutable. Everything but {@code locks} is an index over it or a memory beside it.
 *
 * @param clusterTimeMillis the maximum of all stamps, in ms
 * @param wallMillis wall time of the newest entry, in ms since 1970
 * @param lastToken the newest fencing token
 * @param lastSequence the newest number of the order in which tickets arrived and ended
 * @param waiterCount tickets that wait, in all locks
 * @param locks every lock that is held or remembered
 * @param deadlines the name of each held lock by (expiresAtMillis, token)
 * @param ended the lock of each ended ticket, in the order in which they ended
 * @param requests remembered request keys, oldest first
 * @param origins remembered batches
 * @param accessTokens bearers who may use the grid
 */
record Tables(
        long clusterTimeMillis,
        long wallMillis,
        long lastToken,
        long lastSequence,
        int waiterCount,
        PersistentMap<LockName, Lock> locks,
        OrderedTree<LockName> deadlines,
        Fifo<LockName> ended,
        Line<RequestRecord> requests,
        Origins origins,
        AccessTokens accessTokens) {
    static final Tables EMPTY = new Tables(
            0,
            0,
            0,
            0,
            0,
            ExtensionsKt.persistentHashMapOf(),
            OrderedTree.empty(),
            Fifo.empty(),
            Line.empty(),
            Origins.empty(),
            AccessTokens.empty());

    OptionalLong nextPurgeMillis() {
        long next = Long.MAX_VALUE;
        if (!ended.isEmpty()) {
            next = endedKeptUntil(locks, ended);
        }
        if (!requests.isEmpty()) {
            next = Math.min(next, requests.first().keptUntilMillis());
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** The clusterTime in ms until which the oldest ended ticket is remembered; there must be one. */
    static long endedKeptUntil(PersistentMap<LockName, Lock> locks, Fifo<LockName> ended) {
        Lock lock = locks.get(ended.first());
        if (lock == null) {
            throw new InvariantException("broken invariant: an index names only locks that exist");
        }
        return lock.ended().first().endedAtMillis() + Limits.ENDED_KEPT_MILLIS;
    }
}
