package io.lockgrid.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.bench.wire.SfpClient.Place;
import org.junit.jupiter.api.Test;

/** The run itself would notice a server that does not keep order. */
class TurnsTest {
    private final Turns turns = new Turns();

    @Test
    void turnsInTheOrderOfTheLineAreFine() {
        queue("a");
        queue("b");
        turn("a", 1);
        turn("b", 2);
        assertThat(turns.complaints()).isEmpty();
        assertThat(turns.count()).isEqualTo(2);
    }

    @Test
    void aTurnBeforeThatOfAnEarlierOneIsComplainedOf() {
        queue("a");
        queue("b");
        turn("b", 1);
        turn("a", 2);
        assertThat(turns.complaints()).singleElement().asString().startsWith("1 turns came before");
    }

    @Test
    void amongThoseWhoQueuedAtOnceAnyOrderIsFine() {
        long sent = System.nanoTime();
        turns.queued("a", sent);
        turns.queued("b", sent);
        turn("b", 1);
        turn("a", 2);
        assertThat(turns.complaints()).isEmpty();
    }

    @Test
    void aTokenThatIsNotLargerThanTheOneReleasedIsComplainedOf() {
        queue("a");
        queue("b");
        turn("a", 7);
        turn("b", 6);
        assertThat(turns.complaints())
                .anySatisfy(complaint -> assertThat(complaint).startsWith("1 fencing tokens"));
    }

    @Test
    void aHandOverTakesFromTheReleaseToTheGrantThatWaitedForIt() {
        queue("a");
        queue("b");
        assertThat(turns.granted(new Place("a", 0, 1))).isEmpty();
        turns.releasing(1);
        assertThat(turns.granted(new Place("b", 0, 2)).orElse(-1)).isNotNegative();
        turns.releasing(2);
        queue("c");
        assertThat(turns.granted(new Place("c", 0, 3))).as("took a free lock").isEmpty();
    }

    private void queue(String ticket) {
        turns.queued(ticket, System.nanoTime());
    }

    private void turn(String ticket, long token) {
        turns.granted(new Place(ticket, 0, token));
        turns.releasing(token);
    }
}
