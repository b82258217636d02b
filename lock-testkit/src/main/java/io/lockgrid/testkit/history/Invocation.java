package io.lockgrid.testkit.history;

import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.util.function.LongSupplier;

/** A call that was made and has no answer yet; made by {@link History#invoke}. What is not said stays at "unknown". */
public final class Invocation {
    private final History history;
    private final LongSupplier nanoTime;
    private final Action action;
    private final String family;
    private final String lock;
    private final String holder;
    private final long leaseMillis;
    private final long invokedNanos;
    private String process;
    private boolean queues;
    private String key = "";
    private long namedToken;
    private int position;
    private long clusterTimeMillis = -1;
    private long leaseEndMillis = -1;

    Invocation(
            History history,
            LongSupplier nanoTime,
            Action action,
            String family,
            String lock,
            String holder,
            long leaseMillis) {
        this.history = history;
        this.nanoTime = nanoTime;
        this.action = action;
        this.family = family;
        this.lock = lock;
        this.holder = holder;
        this.leaseMillis = leaseMillis;
        this.process = holder;
        this.invokedNanos = nanoTime.getAsLong();
    }

    /** The client that makes the call; if it is not said, the claim stands for it. */
    public Invocation by(String client) {
        process = client;
        return this;
    }

    /** The claim waits in line. */
    public Invocation queues() {
        queues = true;
        return this;
    }

    /** The idempotency key that is sent with it. */
    public Invocation under(String idempotencyKey) {
        key = idempotencyKey;
        return this;
    }

    /** The call means the grant of this token and no other. */
    public Invocation naming(long token) {
        namedToken = token;
        return this;
    }

    /** The answer says the replicated clock, in ms. */
    public Invocation at(long clusterTime) {
        clusterTimeMillis = clusterTime;
        return this;
    }

    /** The answer says the place in the queue, from 1. */
    public Invocation waitingAt(int place) {
        position = place;
        return this;
    }

    /** The answer says the end of the lease on the replicated clock, in ms. */
    public Invocation leasedUntil(long clusterTime) {
        leaseEndMillis = clusterTime;
        return this;
    }

    /** Records the answer. */
    public Operation returned(Outcome outcome, int status, String ticket, long token, long index) {
        Operation operation = new Operation(
                action,
                queues,
                family,
                process,
                lock,
                holder,
                key,
                leaseMillis,
                namedToken,
                invokedNanos,
                nanoTime.getAsLong(),
                outcome,
                status,
                ticket,
                token,
                position,
                index,
                clusterTimeMillis,
                leaseEndMillis);
        history.add(operation);
        return operation;
    }

    /** Records that the grid did not decide it: whether it may have happened all the same, says the outcome. */
    public Operation failed(Outcome outcome, int status) {
        return returned(outcome, status, "", 0, -1);
    }
}
