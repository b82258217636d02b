package io.lockgrid.http.wire;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests of all event loops that have no answer yet, and says when there are too many. Those that only
 * wait for something to happen cost a node no work, so they are counted apart, with the same bound.
 */
public final class InFlight {
    private final int max;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param max of them */
    public InFlight(int max) {
        this.max = max;
    }

    /** One more, to be told of its end; false if there is no room for it, and then it never began. */
    public boolean begin() {
        return isRoomIn(count);
    }

    private boolean isRoomIn(AtomicInteger place) {
        if (place.incrementAndGet() <= max) {
            return true;
        }
        place.decrementAndGet();
        return false;
    }

    /** One that began has its answer. */
    public void end() {
        count.decrementAndGet();
    }

    /** One that began only waits from now on; false if there is no room for it, and then it goes on as it was. */
    public boolean beginWait() {
        boolean isRoom = isRoomIn(waiting);
        if (isRoom) {
            count.decrementAndGet();
        }
        return isRoom;
    }

    /** One that waited goes on; it has been taken, so there is room for it. */
    public void endWait() {
        waiting.decrementAndGet();
        count.incrementAndGet();
    }

    /** What a request is told for which there is no room. */
    public Failure full() {
        return new Failure.NoOutcome(
                Failure.Kind.OVERLOADED,
                "this node has as many requests in flight as it takes (" + max
                        + "); nothing was changed, try again after a pause");
    }
}
