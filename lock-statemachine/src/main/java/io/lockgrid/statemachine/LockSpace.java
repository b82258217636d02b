package io.lockgrid.statemachine;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All locks of the grid, as a value. {@link #apply} is the only way forward and is pure: the same space and the same
 * entry give the same result on every replica, whatever the machine, its clock or its configuration. A reader on any
 * thread, a listing and a snapshot each just hold a reference.
 */
public final class LockSpace {
    private static final LockSpace EMPTY = new LockSpace(Tables.EMPTY);

    private final Tables tables;

    LockSpace(Tables tables) {
        this.tables = tables;
    }

    /** The space of a cluster that has just been formed: clusterTime 0, no lock, no token given. */
    public static LockSpace empty() {
        return EMPTY;
    }

    /**
     * Applies one log entry: moves the clusterTime, ends the leases that are due, then runs the commands in order.
     *
     * @throws InvariantException if the space contradicts itself; the node must stop, the entry must not be skipped
     */
    public Applied apply(Entry entry) {
        return new EntryApplication(tables, entry).run();
    }

    /** The replicated time in ms since the cluster was formed; never decreases. */
    public long clusterTimeMillis() {
        return tables.clusterTimeMillis();
    }

    /** Wall time of the newest entry in ms since 1970, for people. */
    public long wallMillis() {
        return tables.wallMillis();
    }

    /** The newest fencing token of the grid, 0 before the first grant. */
    public long lastToken() {
        return tables.lastToken();
    }

    /** The newest number of the order in which tickets arrived and ended, and requests and batches came. */
    public long lastSequence() {
        return tables.lastSequence();
    }

    /** A lock that is held or remembered. */
    public Optional<Lock> lock(LockName name) {
        return Optional.ofNullable(tables.locks().get(name));
    }

    /** Whether the ticket is in the queue of the lock; a ticket that has left it never comes back. */
    public boolean isWaiting(LockName name, String ticket) {
        Lock lock = tables.locks().get(name);
        return lock != null && lock.waiters().find(ticket) != null;
    }

    /** Every lock that is held or remembered, in no particular order. */
    public Iterator<Lock> locks() {
        return tables.locks().values().iterator();
    }

    /** How many locks are held or remembered. */
    public int lockCount() {
        return tables.locks().size();
    }

    /** How many locks are held. */
    public int heldCount() {
        return tables.deadlines().size();
    }

    /** How many tickets wait. */
    public int waiterCount() {
        return tables.waiterCount();
    }

    /** How many ended tickets are remembered, 0 to {@link Limits#ENDED_MAX}. */
    public int endedCount() {
        return tables.ended().size();
    }

    /** The remembered request keys, oldest first. */
    public Line<RequestRecord> requests() {
        return tables.requests();
    }

    /** The remembered batches. */
    public Origins origins() {
        return tables.origins();
    }

    /** The access token whose secret has this hash; see {@link AccessToken#hash}. */
    public Optional<AccessToken> accessToken(String hash) {
        return tables.accessTokens().findByHash(hash);
    }

    /** The access token of this name. */
    public Optional<AccessToken> accessTokenNamed(String name) {
        return Optional.ofNullable(tables.accessTokens().find(name));
    }

    /** Every access token, 0 to {@link Limits#ACCESS_TOKENS_MAX}, in order of name. */
    public List<AccessToken> accessTokens() {
        return tables.accessTokens().inOrderOfName();
    }

    /** How many request keys are remembered, 0 to {@link Limits#REQUEST_KEYS_MAX}. */
    public int requestKeyCount() {
        return tables.requests().size();
    }

    /** The clusterTime in ms at which the next lease ends, if any lock is held. */
    public OptionalLong nextDeadlineMillis() {
        return tables.deadlines().size() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(tables.deadlines().firstMajor());
    }

    /** The clusterTime in ms from which a purge would forget something, if anything is remembered. */
    public OptionalLong nextPurgeMillis() {
        return tables.nextPurgeMillis();
    }

    Tables tables() {
        return tables;
    }
}
