package io.lockgrid.statemachine;

import java.util.List;

/**
 * A change to the lock space, exactly as the log stores it. A command holds no clock and no default, and a bad one
 * cannot exist: the constructors throw {@link IllegalArgumentException}.
 *
 * <p>The checks of each command are listed in order of precedence; the first that fails is the outcome, and then
 * nothing changed. Before any command of an entry runs, every lease due at the entry's clusterTime has ended.
 */
public sealed interface Command {
    /**
     * Takes a free lock, or leaves no trace.
     *
     * <ol>
     *   <li>the lock knows this ticket id: {@code Refused(TICKET_EXISTS)}
     *   <li>the lock is held (by anyone, the same holder included): {@code Refused(HELD)}
     *   <li>otherwise {@link Outcome.Granted}
     * </ol>
     */
    record TryAcquire(LockName lock, String ticket, Holder holder, long leaseMillis) implements Command {
        public TryAcquire {
            Limits.checkId("a ticket", ticket);
            Limits.checkLease(leaseMillis);
        }
    }

    /**
     * Takes a free lock, or joins the end of its queue.
     *
     * <ol>
     *   <li>the lock knows this ticket id: {@code Refused(TICKET_EXISTS)}
     *   <li>the lock is free: {@link Outcome.Granted}
     *   <li>the lock has {@code waitersMax} waiters or more: {@code Refused(QUEUE_FULL)}
     *   <li>otherwise {@link Outcome.Queued}
     * </ol>
     *
     * @param waitersMax 1 to {@link Limits#WAITERS_PER_LOCK_MAX}; an option of the node that sends the command, carried
     *     in it so that every replica decides alike
     */
    record Enqueue(LockName lock, String ticket, Holder holder, long leaseMillis, int waitersMax) implements Command {
        public Enqueue {
            Limits.checkId("a ticket", ticket);
            Limits.checkLease(leaseMillis);
            Limits.checkWaitersMax(waitersMax);
        }
    }

    /**
     * Moves the end of the holder's lease to {@code leaseMillis} from now, never to an earlier time than it had. The
     * fencing token stays.
     *
     * <ol>
     *   <li>the ticket has ended: {@code Refused(TICKET_ENDED)}; an expired lease is never revived
     *   <li>the ticket waits: {@code Refused(NOT_HELD)}
     *   <li>the lock does not know the ticket: {@code Refused(NO_SUCH_TICKET)}
     *   <li>otherwise {@link Outcome.Renewed}
     * </ol>
     */
    record Renew(LockName lock, String ticket, long leaseMillis) implements Command {
        public Renew {
            Limits.checkId("a ticket", ticket);
            Limits.checkLease(leaseMillis);
        }
    }

    /**
     * Ends a ticket: a holder's lock passes to the next waiter in the same step, a waiter leaves the queue.
     *
     * <ol>
     *   <li>the ticket has ended: {@code Refused(TICKET_ENDED)}
     *   <li>the lock does not know the ticket: {@code Refused(NO_SUCH_TICKET)}
     *   <li>otherwise {@link Outcome.Released}
     * </ol>
     */
    record ReleaseTicket(LockName lock, String ticket) implements Command {
        public ReleaseTicket {
            Limits.checkId("a ticket", ticket);
        }
    }

    /**
     * Ends the hold of a holder who knows its own name but no ticket. Waiters are never touched.
     *
     * <ol>
     *   <li>the grid knows nothing of the lock: {@code Refused(NO_SUCH_LOCK)}
     *   <li>nobody holds it: {@code Refused(NOT_HELD)}
     *   <li>somebody else holds it: {@code Refused(HELD_BY_OTHER)}
     *   <li>otherwise {@link Outcome.Released}
     * </ol>
     */
    record ReleaseHolder(LockName lock, Holder holder) implements Command {}

    /**
     * Ends every ticket of a lock by force, holder and waiters. Always {@link Outcome.Cleared}, of 0 tickets if none.
     */
    record Clear(LockName lock) implements Command {}

    /**
     * Forgets ended tickets older than {@link Limits#ENDED_KEPT_MILLIS} and request keys older than
     * {@link Limits#REQUEST_KEY_KEPT_MILLIS}, at most {@code itemsMax} (1 to {@link #ITEMS_MAX}) of each, oldest first.
     * Always {@link Outcome.Purged}.
     */
    record Purge(int itemsMax) implements Command {
        /** Bounds the time that one entry may take. */
        public static final int ITEMS_MAX = 10_000;

        public Purge {
            if (itemsMax < 1 || itemsMax > ITEMS_MAX) {
                throw new IllegalArgumentException("a purge takes 1 to " + ITEMS_MAX + " items, not " + itemsMax);
            }
        }
    }

    /**
     * Makes an access token known. Its secret is not in the log, see {@link AccessToken}.
     *
     * <ol>
     *   <li>a token of this name, or of this hash, exists: {@code Refused(ACCESS_TOKEN_EXISTS)}
     *   <li>there are {@link Limits#ACCESS_TOKENS_MAX} tokens: {@code Refused(TOO_MANY_ACCESS_TOKENS)}
     *   <li>otherwise {@link Outcome.AccessTokenCreated}
     * </ol>
     *
     * <p>The fields are those of {@link AccessToken}.
     */
    record CreateAccessToken(String name, String hash, Role role, List<String> namespaces) implements Command {
        public CreateAccessToken {
            namespaces = AccessToken.check(name, hash, namespaces);
        }
    }

    /**
     * Forgets an access token. Its name may be used again; what its bearer holds stays held.
     *
     * <ol>
     *   <li>there is no token of this name: {@code Refused(NO_SUCH_ACCESS_TOKEN)}
     *   <li>otherwise {@link Outcome.AccessTokenRevoked}
     * </ol>
     */
    record RevokeAccessToken(String name) implements Command {
        public RevokeAccessToken {
            Limits.checkAccessTokenName(name);
        }
    }

    /**
     * Runs {@code command} once for a request key, however often it is sent.
     *
     * <ol>
     *   <li>the key is remembered with another fingerprint: {@code Refused(REQUEST_KEY_REUSED)}
     *   <li>the key is remembered: the outcome of the first time
     *   <li>otherwise the outcome of {@code command}, which is remembered for {@link Limits#REQUEST_KEY_KEPT_MILLIS}
     * </ol>
     *
     * @param key 1 to {@link Limits#ID_BYTES_MAX} bytes; the edge puts into it what keeps one caller's keys apart
     * @param fingerprint of what was asked for (not of the ticket id, which differs on each try)
     */
    record Keyed(String key, long fingerprint, Command command) implements Command {
        public Keyed {
            Limits.checkId("a request key", key);
            if (command instanceof Keyed) {
                throw new IllegalArgumentException("a keyed command cannot hold another");
            }
        }
    }
}
