package io.lockgrid.bench.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lockgrid.bench.wire.CallFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is measured of sessions the times of which are known. */
class DriverTest {
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @Test
    void aClosedLoopAsksAgainWhenItIsAnswered() {
        Measured measured = run(new Plan(1, 0, 1, 0), lane -> () -> lane.pause(SLOW_NANOS));
        assertThat(measured.cycles()).isBetween(2L, 10L);
        assertThat(measured.tally().cycles().getMinValue()).isGreaterThanOrEqualTo(SLOW_NANOS * 99 / 100);
        assertThat(measured.wentWell()).isTrue();
    }

    @Test
    void anOpenLoopChargesAStallToAllThatShouldHaveBegunMeanwhile() {
        Measured measured = run(new Plan(1, 0, 1, 100), lane -> () -> lane.pause(SLOW_NANOS));
        long last = measured.tally().cycles().getMaxValue();
        // The nth cycle should have begun after n * 10 ms, and could after n * 100 ms.
        assertThat((double) last).isCloseTo(measured.cycles() * 90e6, within(250e6));
    }

    @Test
    void whatFailsIsCountedByItsKindAndNotTimed() {
        Measured measured =
                run(new Plan(2, 0, 1, 0), lane -> () -> CompletableFuture.failedFuture(new CallFailedException("no")));
        assertThat(measured.tally().errors()).containsOnlyKeys("no");
        assertThat(measured.cycles()).isZero();
        assertThat(measured.wentWell()).isFalse();
    }

    @Test
    void aRunEndsWhenNoClientHasMoreToDo() {
        long begin = System.nanoTime();
        Measured measured = run(new Plan(3, 0, 60, 0), lane -> new Session() {
            private boolean hasMore = true;

            @Override
            public boolean hasMore() {
                return hasMore;
            }

            @Override
            public CompletableFuture<?> cycle() {
                hasMore = false;
                return lane.pause(1);
            }
        });
        assertThat(measured.cycles()).isEqualTo(3);
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcessThatListensAtAPortIsFound() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            assertThat(Listeners.processes(List.of(address)))
                    .containsExactly(ProcessHandle.current().pid());
        }
    }

    /** Makes the sessions of a run, which do not need to know which client they are. */
    private interface Maker {
        Session session(Lane lane);
    }

    private static Measured run(Plan plan, Maker maker) {
        return new Driver(plan, List.of(), () -> -1, second -> {}).run((client, lane) -> maker.session(lane));
    }
}
