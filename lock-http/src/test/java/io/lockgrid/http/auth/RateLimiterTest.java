package io.lockgrid.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.http.wire.Failure;
import io.lockgrid.statemachine.Role;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000;
    private static final Caller CI = caller("ci");

    /** It starts below 0 and passes it, as the timer of a JVM may. */
    private final AtomicLong nanos = new AtomicLong(-SECOND);

    private final RateLimiter limiter = new RateLimiter(10, nanos::get);

    @Test
    void secondsWorthMayComeAtOnceAndNoMore() {
        assertThat(taken(CI, 100)).isEqualTo(10);
        assertThat(limiter.state("ci")).isEqualTo("\"caller\";r=0;t=1");
        assertThat(limiter.policy()).isEqualTo("\"caller\";q=10;w=1");
    }

    @Test
    void refusalSaysWhenToComeBack() {
        taken(CI, 10);
        try {
            limiter.take(CI);
        } catch (Failure.Carrier e) {
            assertThat(Failure.of(e)).isEqualTo(new Failure.TooManyRequests("ci", 10, 1));
            return;
        }
        throw new AssertionError("the eleventh was taken");
    }

    @Test
    void bucketFillsEvenly() {
        taken(CI, 10);
        nanos.addAndGet(SECOND / 10 - 1);
        assertThat(taken(CI, 5)).isZero();
        nanos.addAndGet(1);
        assertThat(taken(CI, 5)).isEqualTo(1);
        nanos.addAndGet(SECOND / 2);
        assertThat(limiter.state("ci")).isEqualTo("\"caller\";r=5;t=1");
        assertThat(taken(CI, 100)).isEqualTo(5);
        nanos.addAndGet(1000 * SECOND);
        assertThat(limiter.state("ci")).isEqualTo("\"caller\";r=10;t=0");
        assertThat(taken(CI, 100)).isEqualTo(10);
    }

    @Test
    void refusedRequestsDoNotCount() {
        taken(CI, 1_000);
        nanos.addAndGet(SECOND);
        assertThat(taken(CI, 1_000)).isEqualTo(10);
    }

    @Test
    void callersDoNotTakeFromEachOther() {
        taken(CI, 100);
        assertThat(taken(caller("db"), 100)).isEqualTo(10);
    }

    @Test
    void callersOfThePastAreForgotten() {
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 1_000; i++) {
                limiter.take(caller(second + "-" + i));
            }
            nanos.addAndGet(SECOND);
        }
        assertThat(limiter.size()).isLessThanOrEqualTo(3_000);
    }

    private int taken(Caller caller, int requests) {
        int taken = 0;
        for (int i = 0; i < requests; i++) {
            try {
                limiter.take(caller);
                taken++;
            } catch (Failure.Carrier e) {
                assertThat(Failure.of(e)).isInstanceOf(Failure.TooManyRequests.class);
            }
        }
        return taken;
    }

    private static Caller caller(String name) {
        return new Caller(name, Role.APPLICATION, Namespaces.ALL);
    }
}
