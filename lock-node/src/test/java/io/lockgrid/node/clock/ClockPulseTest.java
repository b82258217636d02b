package io.lockgrid.node.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the leader's time goes into the log without a command. The time is this test's; only it moves. */
class ClockPulseTest {
    private static final long HOUR = 3_600_000;
    private static final LockName DB = new LockName("test", "db");
    private static final Holder HOLDER = new Holder("test", "me");

    private final AtomicLong nowMillis = new AtomicLong();
    private final Semaphore looks = new Semaphore(0);
    private final LeaderClock clock = new LeaderClock(this::look);
    private final String name = "test-pulse-" + System.nanoTime();
    private final ClockPulse pulse = new ClockPulse(clock, name);
    private final BlockingQueue<String> beats = new LinkedBlockingQueue<>();
    private LockSpace space = LockSpace.empty();
    private long sequence;
    private volatile long zeroMillis;

    @AfterEach
    void stopPulse() {
        pulse.close();
    }

    @Test
    void aDeadlineThatIsDueIsCarriedIntoTheLog() throws Exception {
        lead();
        apply(0, lease("a", 500));
        moveTo(499);
        assertNoBeat();
        moveTo(500);
        assertThat(beat()).isEqualTo("tick at 500");
    }

    @Test
    void nothingIsWrittenWhileNothingIsHeld() throws Exception {
        lead();
        moveTo(HOUR);
        pulse.leadershipChanged();
        assertNoBeatAtTheNextLook();
    }

    @Test
    @Timeout(10)
    void aFollowerWritesNothing() throws Exception {
        apply(0, lease("a", 500));
        nowMillis.set(HOUR);
        pulse.start(sink());
        while (pulseState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(beats).isEmpty();
        // It beats as soon as it leads.
        startClock(500);
        pulse.leadershipChanged();
        assertThat(beat()).isEqualTo("tick at 500");
    }

    @Test
    void timeIsCarriedAtLeastOnceASecondWhileALeaseIsLive() throws Exception {
        lead();
        apply(0, lease("a", HOUR));
        moveTo(999);
        assertNoBeat();
        moveTo(1_000);
        assertThat(beat()).isEqualTo("tick at 1000");
        apply(1_000);
        moveTo(1_999);
        assertNoBeat();
        moveTo(2_000);
        assertThat(beat()).isEqualTo("tick at 2000");
    }

    @Test
    void trafficCarriesTheTimeAndNoTickIsNeeded() throws Exception {
        lead();
        apply(0, lease("a", HOUR));
        moveTo(900);
        apply(900, lease("b", HOUR));
        moveTo(1_899);
        assertNoBeat();
        moveTo(1_900);
        assertThat(beat()).isEqualTo("tick at 1900");
    }

    @Test
    void aDeadlineThatAnotherEntryCarriedTheTimePastNeedsNoTick() throws Exception {
        lead();
        apply(0, lease("a", 500));
        moveTo(499);
        assertNoBeat();
        apply(600);
        assertThat(space.heldCount()).isZero();
        moveTo(HOUR / 10);
        assertNoBeatAtTheNextLook();
    }

    @Test
    void aLeaseThatWasRenewedNeedsNoTickAtItsOldEnd() throws Exception {
        lead();
        apply(0, lease("a", 500));
        moveTo(499);
        assertNoBeat();
        apply(400, new Command.Renew(DB, "a", HOUR));
        moveTo(1_399);
        assertNoBeat();
        moveTo(1_400);
        assertThat(beat()).isEqualTo("tick at 1400");
    }

    @Test
    void aBeatThatIsNotAppliedYetIsRepeatedOnlyWhenTheIdleTimeIsOver() throws Exception {
        lead();
        apply(0, lease("a", 500));
        moveTo(500);
        assertThat(beat()).isEqualTo("tick at 500");
        moveTo(1_499);
        assertNoBeat();
        moveTo(1_500);
        assertThat(beat()).isEqualTo("tick at 1500");
    }

    @Test
    void aNewLeaderDoesNotRelyOnABeatOfAnEarlierLeadership() throws Exception {
        lead();
        apply(0, lease("a", 500));
        moveTo(500);
        assertThat(beat()).isEqualTo("tick at 500");
        clock.stop();
        startClock(500);
        pulse.leadershipChanged();
        assertThat(beat()).isEqualTo("tick at 500");
    }

    @Test
    void whatIsOldEnoughToForgetIsPurgedAndNotMoreThanOnceASecond() throws Exception {
        lead();
        apply(0, lease("a", 1));
        apply(1); // The lease is over, and remembered from here on.
        apply(300, lease("b", 1));
        apply(301);
        moveTo(Limits.ENDED_KEPT_MILLIS);
        assertNoBeatAtTheNextLook();
        moveTo(Limits.ENDED_KEPT_MILLIS + 1);
        assertThat(beat()).isEqualTo("purge at 600001");
        apply(Limits.ENDED_KEPT_MILLIS + 1, new Command.Purge(1));
        moveTo(Limits.ENDED_KEPT_MILLIS + 1_000);
        assertNoBeat();
        moveTo(Limits.ENDED_KEPT_MILLIS + 1_001);
        assertThat(beat()).isEqualTo("purge at 601001");
    }

    @Test
    void aSinkThatFailsMissesOneBeatAndNotTheNext() throws Exception {
        startClock(0);
        ClockPulse.Sink broken = new ClockPulse.Sink() {
            private boolean failed;

            @Override
            public void tick() {
                if (!failed) {
                    failed = true;
                    throw new IllegalStateException("the test says no");
                }
                beats.add("tick at " + now());
            }

            @Override
            public void purge() {
                throw new AssertionError("nothing is old");
            }
        };
        pulse.start(broken);
        apply(0, lease("a", HOUR));
        moveTo(1_000);
        looks.drainPermits();
        awaitLooks(2);
        moveTo(2_000);
        assertThat(beat()).isEqualTo("tick at 2000");
    }

    private Thread.State pulseState() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .map(Thread::getState)
                .orElse(Thread.State.NEW);
    }

    private void lead() {
        startClock(0);
        pulse.start(sink());
    }

    private ClockPulse.Sink sink() {
        return new ClockPulse.Sink() {
            @Override
            public void tick() {
                beats.add("tick at " + now());
            }

            @Override
            public void purge() {
                beats.add("purge at " + now());
            }
        };
    }

    private void startClock(long atMillis) {
        zeroMillis = nowMillis.get() - atMillis;
        clock.start(atMillis);
    }

    /** What the clock shows, without a look at it: looks tell what the pulse does. */
    private long now() {
        return nowMillis.get() - zeroMillis;
    }

    private static Command lease(String ticket, long millis) {
        return new Command.TryAcquire(ticket.equals("a") ? DB : new LockName("test", ticket), ticket, HOLDER, millis);
    }

    private void apply(long stampMillis, Command... commands) {
        Optional<Batch> batch = commands.length == 0
                ? Optional.empty()
                : Optional.of(new Batch(1, ++sequence, sequence, List.of(commands)));
        space = space.apply(new Entry(stampMillis, 0, batch)).next();
        pulse.applied(space);
    }

    /** Lets time pass, and the pulse notice: it wakes by itself at the moment that it waits for. */
    private void moveTo(long millis) {
        nowMillis.set(millis);
    }

    private long look() {
        looks.release();
        return TimeUnit.MILLISECONDS.toNanos(nowMillis.get());
    }

    private String beat() throws InterruptedException {
        String beat = beats.poll(10, TimeUnit.SECONDS);
        assertThat(beat).as("a beat").isNotNull();
        return beat;
    }

    /** The pulse, which waits for a moment that is close by, looks at the clock and finds nothing to do. */
    private void assertNoBeat() throws InterruptedException {
        looks.drainPermits();
        awaitLooks(3);
        assertThat(beats).isEmpty();
    }

    /** The pulse, which waits for a moment that is far, is made to look. */
    private void assertNoBeatAtTheNextLook() throws InterruptedException {
        looks.drainPermits();
        pulse.leadershipChanged();
        awaitLooks(1);
        looks.drainPermits();
        pulse.leadershipChanged();
        awaitLooks(1);
        assertThat(beats).isEmpty();
    }

    private void awaitLooks(int count) throws InterruptedException {
        assertThat(looks.tryAcquire(count, 10, TimeUnit.SECONDS))
                .as("looks at the clock")
                .isTrue();
    }
}
