package io.lockgrid.statemachine;

/** What happened to a ticket in an entry, in order; every replica sees the same events. */
public sealed interface Event {
    LockName lock();

    String ticket();

    /** The ticket joined the queue. */
    record Queued(LockName lock, String ticket, long sequence) implements Event {}

    /**
     * The ticket holds the lock.
     *
     * @param expiresAtMillis clusterTime at which its lease ends, in ms
     */
    record Granted(LockName lock, String ticket, Holder holder, long token, long expiresAtMillis) implements Event {}

    /**
     * The holder's lease ends later.
     *
     * @param expiresAtMillis clusterTime at which its lease ends, in ms
     */
    record Renewed(LockName lock, String ticket, long token, long expiresAtMillis) implements Event {}

    /**
     * The ticket is over.
     *
     * @param token of its grant, or 0 if it never held
     */
    record Ended(LockName lock, String ticket, EndedTicket.End end, long token) implements Event {}
}
