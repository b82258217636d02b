package io.lockgrid.node.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.clock.LeaderClock.Stamp;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a leader's time is, whatever the machine's clocks show. */
class LeaderClockTest {
    // Any number: nanoTime may start anywhere, and below zero.
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final LeaderClock clock = new LeaderClock(nanos::get);

    @Test
    void aNewLeadersTimeStartsWhereTheClusterStands() {
        clock.start(1_234);
        assertThat(millis()).isEqualTo(1_234);
    }

    @Test
    void aLeadersTimePassesAtTheRateOfTheMonotonicClock() {
        clock.start(1_000);
        pass(250);
        assertThat(millis()).isEqualTo(1_250);
        pass(10_000_000);
        assertThat(millis()).isEqualTo(10_001_250);
    }

    @Test
    void partOfAMillisecondIsNotAMillisecond() {
        clock.start(0);
        nanos.addAndGet(999_999);
        assertThat(millis()).isZero();
        nanos.incrementAndGet();
        assertThat(millis()).isEqualTo(1);
    }

    @Test
    void thereIsNoTimeBeforeTheFirstLeadership() {
        assertThat(clock.now()).isEmpty();
    }

    @Test
    void aLeaderThatLostItsLeadershipHasNoTime() {
        clock.start(7);
        clock.stop();
        pass(1_000);
        assertThat(clock.now()).isEmpty();
    }

    @Test
    void theTimeBetweenTwoLeadershipsIsNotCounted() {
        clock.start(1_000);
        pass(500);
        clock.stop();
        pass(60_000);
        clock.start(1_200);
        assertThat(millis()).isEqualTo(1_200);
        pass(1);
        assertThat(millis()).isEqualTo(1_201);
    }

    @Test
    void aStampHoldsAsLongAsTheLeadershipItWasMadeIn() {
        clock.start(0);
        Stamp stamp = clock.now().orElseThrow();
        pass(5_000);
        assertThat(clock.isCurrent(stamp)).isTrue();
    }

    @Test
    void aStampOfAnEarlierLeadershipIsVoid() {
        clock.start(0);
        Stamp stamp = clock.now().orElseThrow();
        clock.stop();
        assertThat(clock.isCurrent(stamp)).isFalse();
        clock.start(0);
        assertThat(clock.isCurrent(stamp)).isFalse();
        assertThat(clock.isCurrent(clock.now().orElseThrow())).isTrue();
    }

    private long millis() {
        return clock.now().orElseThrow().millis();
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
