package io.lockgrid.statemachine;

/**
 * What the state machine decided about a command. Outcomes are data and are replicated: a refusal is an outcome, too.
 * When there is no outcome at all, callers get a {@link io.lockgrid.statemachine.service.SubmitException} instead.
 */
public sealed interface Outcome {
    /**
     * The ticket holds the lock.
     *
     * @param token the fencing token of the grant; pass it to the resource
     * @param expiresAtMillis clusterTime at which the lease ends, in ms
     * @param grantedWallMillis wall time of the grant in ms since 1970, for people
     */
    record Granted(String ticket, long token, long expiresAtMillis, long grantedWallMillis) implements Outcome {}

    /**
     * The ticket waits.
     *
     * @param position 1 for the next in line; the holder is not counted
     */
    record Queued(String ticket, int position) implements Outcome {}

    /**
     * The lease ends later now.
     *
     * @param expiresAtMillis clusterTime of its end, in ms
     */
    record Renewed(String ticket, long token, long expiresAtMillis) implements Outcome {}

    /**
     * The ticket ended by this command.
     *
     * @param end {@code RELEASED} if it held, {@code CANCELLED} if it waited
     */
    record Released(String ticket, EndedTicket.End end) implements Outcome {}

    /**
     * Every ticket of the lock ended.
     *
     * @param tickets how many tickets ended by this command
     */
    record Cleared(int tickets) implements Outcome {}

    /** What was forgotten, in numbers. */
    record Purged(int endedTickets, int requestKeys) implements Outcome {}

    /**
     * The access token is known from now on.
     *
     * @param createdWallMillis wall time of the entry, in ms since 1970, for people
     */
    record AccessTokenCreated(String name, long createdWallMillis) implements Outcome {}

    /** The access token is forgotten. */
    record AccessTokenRevoked(String name) implements Outcome {}

    /** Nothing changed. */
    record Refused(Reason reason) implements Outcome {}

    /** Why a command changed nothing. */
    enum Reason {
        /** The lock is held. */
        HELD,
        /** The lock has as many waiters as it may have. */
        QUEUE_FULL,
        /** A ticket of this id is known on the lock. */
        TICKET_EXISTS,
        /** The ticket is over. */
        TICKET_ENDED,
        /** The lock does not know the ticket. */
        NO_SUCH_TICKET,
        /** The grid knows nothing of the lock. */
        NO_SUCH_LOCK,
        /** The lock is known and free, or the ticket waits. */
        NOT_HELD,
        /** Another holder has the lock. */
        HELD_BY_OTHER,
        /** The request key was used for another request. */
        REQUEST_KEY_REUSED,
        /** The batch is too old to tell whether it was applied; it was not applied by this entry. */
        BATCH_FORGOTTEN,
        /** An access token of this name or of this hash exists. */
        ACCESS_TOKEN_EXISTS,
        /** There are as many access tokens as there may be. */
        TOO_MANY_ACCESS_TOKENS,
        /** There is no access token of this name. */
        NO_SUCH_ACCESS_TOKEN
    }
}
