package io.lockgrid.testkit.agent.mutant;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The wall clock in ns; for {@link EarlyByClockJump}, whose code stands in another class and can hold no lambda. */
public final class WallNanos implements LongSupplier {
    @Override
    public long getAsLong() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }
}
