package io.lockgrid.cli;

import static ch.qos.logback.core.spi.FilterReply.DENY;
import static ch.qos.logback.core.spi.FilterReply.NEUTRAL;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RareWarningsTest {
    private final LoggerContext context = new LoggerContext();
    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final RareWarnings filter = new RareWarnings(nanoTime::get);

    RareWarningsTest() {
        filter.setLoggerName("noisy");
        filter.setPeriodSeconds(60);
    }

    @Test
    void oneWarningInAPeriodIsLetThrough() {
        assertThat(warn("noisy")).isEqualTo(NEUTRAL);
        assertThat(warn("noisy")).isEqualTo(DENY);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(60) - 1);
        assertThat(warn("noisy")).isEqualTo(DENY);
        nanoTime.incrementAndGet();
        assertThat(warn("noisy")).isEqualTo(NEUTRAL);
        assertThat(warn("noisy")).isEqualTo(DENY);
    }

    @Test
    void errorsAndOtherLoggersAreNotTouched() {
        assertThat(warn("noisy")).isEqualTo(NEUTRAL);
        assertThat(warn("other")).isEqualTo(NEUTRAL);
        assertThat(decide("noisy", Level.ERROR, "it burns")).isEqualTo(NEUTRAL);
    }

    @Test
    void questionWhetherWarningsAreOnIsNotAWarning() {
        assertThat(decide("noisy", Level.WARN, null)).isEqualTo(NEUTRAL);
        assertThat(warn("noisy")).isEqualTo(NEUTRAL);
    }

    private FilterReply warn(String logger) {
        return decide(logger, Level.WARN, "again");
    }

    private FilterReply decide(String logger, Level level, String format) {
        return filter.decide(null, context.getLogger(logger), level, format, null, null);
    }
}
