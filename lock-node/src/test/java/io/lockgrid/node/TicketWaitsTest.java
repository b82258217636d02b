package io.lockgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Applied;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.service.LockService.View;
import io.lockgrid.statemachine.service.SubmitException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waits for tickets, with the test in the place of the log and of the thread that tells. */
class TicketWaitsTest {
    private static final LockName DB = new LockName("test", "db");

    private final Queue<Runnable> told = new ArrayDeque<>();
    private final TicketWaits waits = new TicketWaits(told::add, () -> new View(space(), index(), 1));
    private LockSpace space = LockSpace.empty();
    private long index;

    private LockSpace space() {
        return space;
    }

    private long index() {
        return index;
    }

    @BeforeEach
    void queueThree() {
        apply(enqueue("a"), enqueue("b"), enqueue("c"));
    }

    private static Command enqueue(String ticket) {
        return new Command.Enqueue(DB, ticket, new Holder("test", ticket), 1_000, 50_000);
    }

    private static Command release(String ticket) {
        return new Command.ReleaseTicket(DB, ticket);
    }

    /** One entry, as the state machine applies it. */
    private void apply(Command... commands) {
        waits.applied(change(commands));
    }

    private List<Event> change(Command... commands) {
        index++;
        Batch batch = new Batch(1, index, index, Arrays.asList(commands));
        return change(new Entry(space.clusterTimeMillis(), 0, Optional.of(batch)));
    }

    private List<Event> change(Entry entry) {
        Applied applied = space.apply(entry);
        space = applied.next();
        return applied.events();
    }

    private void tell() {
        for (Runnable next = told.poll(); next != null; next = told.poll()) {
            next.run();
        }
    }

    @Test
    void aGrantIsToldOffTheThreadThatAppliesAndToEachWhoWaitsForIt() {
        CompletableFuture<View> first = waits.settled(DB, "b");
        CompletableFuture<View> second = waits.settled(DB, "b");
        CompletableFuture<View> behind = waits.settled(DB, "c");
        apply(release("a"));
        assertThat(first).isNotDone();
        assertThat(told).hasSize(1);
        tell();
        assertThat(List.of(first.join(), second.join())).allMatch(view -> view.index() == index);
        assertThat(behind).isNotDone();
        assertThat(waits.size()).isEqualTo(1);
    }

    @Test
    void allGrantsAreAwaitedHereOnlyIfEachIs() {
        var second = waits.settled(DB, "b");
        assertThat(waits.applied(change(release("a")))).isTrue();
        assertThat(waits.applied(change(release("b")))).isFalse();

        apply(enqueue("d"), enqueue("e"), enqueue("f"));
        var fourth = waits.settled(DB, "d");
        var last = waits.settled(DB, "f");
        assertThat(waits.applied(change(release("c"), enqueue("g")))).isTrue();
        assertThat(waits.applied(change(release("d"), release("e")))).isFalse();
        tell();
        assertThat(List.of(second, fourth, last)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void anExpiryAClearAndACancelEndAWaitToo() {
        CompletableFuture<View> granted = waits.settled(DB, "b");
        waits.applied(change(new Entry(1_000, 0, Optional.empty())));
        tell();
        assertThat(granted).isCompleted();

        apply(enqueue("d"));
        CompletableFuture<View> cancelled = waits.settled(DB, "d");
        CompletableFuture<View> cleared = waits.settled(DB, "c");
        apply(release("d"));
        tell();
        assertThat(cancelled).isCompleted();
        assertThat(cleared).isNotDone();
        apply(new Command.Clear(DB));
        tell();
        assertThat(cleared).isCompleted();
        assertThat(waits.size()).isZero();
    }

    @Test
    void anEntryThatComesBetweenTheLookAndTheWaitIsNotMissed() {
        // Applied when nobody could be found who waits: only a second look sees it.
        apply(release("a"));
        CompletableFuture<View> wait = waits.settled(DB, "b");
        assertThat(wait).isCompletedWithValueMatching(view -> view.index() == index);
        assertThat(waits.size()).isZero();
    }

    @Test
    void whatIsToldIsTheNewestThatIsKnownHere() {
        CompletableFuture<View> wait = waits.settled(DB, "b");
        apply(release("a"));
        apply(release("b"));
        tell();
        assertThat(wait.join().index()).isEqualTo(index);
    }

    @Test
    void aSnapshotInThePlaceOfEntriesIsLookedThrough() {
        CompletableFuture<View> granted = waits.settled(DB, "b");
        CompletableFuture<View> queued = waits.settled(DB, "c");
        change(release("a"));
        waits.replaced();
        assertThat(granted).isNotDone();
        tell();
        assertThat(granted).isCompleted();
        assertThat(queued).isNotDone();
    }

    @Test
    void whoStopsWaitingIsForgottenAndTheOthersAreNot() {
        CompletableFuture<View> first = waits.settled(DB, "b");
        CompletableFuture<View> second = waits.settled(DB, "b");
        assertThat(first.cancel(false)).isTrue();
        assertThat(waits.size()).isEqualTo(1);
        apply(release("a"));
        tell();
        assertThat(second).isCompleted();
        assertThat(waits.settled(DB, "c").cancel(false)).isTrue();
        assertThat(waits.size()).isZero();
    }

    @Test
    void aNodeThatStopsEndsEveryWaitAndTakesNoMore() {
        CompletableFuture<View> wait = waits.settled(DB, "b");
        waits.close();
        for (CompletableFuture<View> one : List.of(wait, waits.settled(DB, "c"))) {
            assertThat(one)
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(SubmitException.NotSent.class);
        }
        assertThat(waits.size()).isZero();
    }

    @Test
    void aHandOverAmongManyWhoWaitTellsOneAndLooksAtOne() {
        int many = 10_000;
        for (int i = 0; i < many; i++) {
            apply(enqueue("t" + i));
        }
        List<CompletableFuture<View>> all = IntStream.range(0, many)
                .mapToObj(i -> waits.settled(DB, "t" + i))
                .toList();
        apply(release("a"), release("b"), release("c"));
        for (int i = 0; i < many; i++) {
            assertThat(told).hasSize(1);
            tell();
            assertThat(all.get(i)).isCompleted();
            assertThat(waits.size()).isEqualTo(many - i - 1);
            if (i + 1 < many) {
                assertThat(all.get(i + 1)).isNotDone();
            }
            apply(release("t" + i));
        }
        assertThat(told).isEmpty();
    }
}
