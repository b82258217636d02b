package io.lockgrid.http.wire;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests of all event loops that wait for their answer, and says when there are too many. */
public final class InFlight {
    private final int max;
    private final AtomicInteger count = new AtomicInteger();

    /** @param max of them */
    public InFlight(int max) {
        this.max = max;
    }

    /** One more, to be told of its end; false if there is no room for it, and then it never began. */
    public boolean begin() {
        if (count.incrementAndGet() <= max) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    /** One that began has its answer. */
    public void end() {
        count.decrementAndGet();
    }

    /** What a request is told for which there is no room. */
    public Failure full() {
        return new Failure.NoOutcome(
                Failure.Kind.OVERLOADED,
                "this node has as many requests in flight as it takes (" + max
                        + "); nothing was changed, try again after a pause");
    }
}
