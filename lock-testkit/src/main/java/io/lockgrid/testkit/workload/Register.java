package io.lockgrid.testkit.workload;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.RegisterWrite;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A value outside of the grid that clients read, change and write while they hold the lock of its name. A guarded one
 * rejects every token that is smaller than the largest it has seen, in reads too: a holder that only has read must not
 * be overtaken by the write of an earlier one.
 */
final class Register {
    /** No two values of any register are the same. */
    private static final AtomicLong VALUES = new AtomicLong();

    private final String name;
    private final boolean guarded;
    private final History history;
    private long value;
    private long largestToken;
    private long writes;

    Register(String name, boolean guarded, History history) {
        this.name = name;
        this.guarded = guarded;
        this.history = history;
    }

    /** The value, unless the token is refused. */
    synchronized OptionalLong read(long token) {
        return admits(token) ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** Writes a new value that was made of {@code read}, unless the token is refused; records it either way. */
    synchronized void write(Hold hold, long read, long readNanos) {
        boolean accepted = admits(hold.token());
        long written = VALUES.incrementAndGet();
        if (accepted) {
            value = written;
        }
        history.add(new RegisterWrite(
                name,
                guarded,
                hold.process(),
                hold.holder(),
                hold.token(),
                readNanos,
                System.nanoTime(),
                read,
                written,
                accepted,
                ++writes));
    }

    private boolean admits(long token) {
        if (guarded && token < largestToken) {
            return false;
        }
        largestToken = Math.max(largestToken, token);
        return true;
    }
}
