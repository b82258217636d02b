package io.lockgrid.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Lets one warning of one logger through in a while, for a library that repeats itself. Set up by logback.xml. */
public final class RareWarnings extends TurboFilter {
    private final LongSupplier nanoTime;
    private final AtomicLong next;
    private String loggerName = "";
    private long periodNanos;

    /** For logback, which then calls the setters. */
    public RareWarnings() {
        this(System::nanoTime);
    }

    RareWarnings(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Whose warnings. */
    public void setLoggerName(String name) {
        loggerName = name;
    }

    /** How long none follows one, in seconds. */
    public void setPeriodSeconds(long seconds) {
        periodNanos = Duration.ofSeconds(seconds).toNanos();
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        boolean isQuestion = format == null; // Whether warnings are on, asked before one is made.
        if (isQuestion || level != Level.WARN || !logger.getName().equals(loggerName)) {
            return FilterReply.NEUTRAL;
        }
        long now = nanoTime.getAsLong();
        long due = next.get();
        boolean isFirst = now - due >= 0 && next.compareAndSet(due, now + periodNanos);
        return isFirst ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
