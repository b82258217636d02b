package io.lockgrid.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.collection.OrderedTree;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A snapshot that contradicts itself is refused where it is read, not met later by the rules. */
class RestorationTest {
    private static final LockName LOCK = new LockName("ns", "lock");
    private static final long NOW = 1_000;
    private static final long LAST_TOKEN = 9;
    private static final long LAST_SEQUENCE = 20;

    private static Restoration restoration() {
        return new Restoration(NOW, 0, LAST_TOKEN, LAST_SEQUENCE);
    }

    private static Ticket ticket(String id, long sequence) {
        return new Ticket(id, new Holder("dapr", "alice"), 100, 0, sequence);
    }

    private static Hold hold(long token, long expiresAt) {
        return new Hold(ticket("holder", 1), token, expiresAt, 0);
    }

    private static EndedTicket ended(String id, long sequence) {
        return new EndedTicket(ticket(id, 1), End.RELEASED, 3, 0, NOW, 0, sequence);
    }

    private static void refused(Consumer<Restoration.LockRestoration> parts) {
        assertThatThrownBy(() -> {
                    var lock = restoration().lock(LOCK, LAST_TOKEN);
                    parts.accept(lock);
                    lock.end();
                })
                .isInstanceOf(InvariantException.class);
    }

    @Test
    void whatAgreesIsRestored() {
        Restoration restoration = restoration();
        var lock = restoration.lock(LOCK, LAST_TOKEN);
        lock.hold(hold(LAST_TOKEN, NOW + 1));
        lock.waiter(ticket("first", 2));
        lock.waiter(ticket("second", 3));
        lock.ended(ended("over", 4));
        lock.end();
        LockSpace space = restoration.toLockSpace();

        assertThat(space.waiterCount()).isEqualTo(2);
        assertThat(space.nextDeadlineMillis()).hasValue(NOW + 1);
        assertThat(space.nextPurgeMillis()).hasValue(NOW + Limits.ENDED_KEPT_MILLIS);
    }

    @Test
    void aLockWithWaitersHasAHolder() {
        refused(lock -> lock.waiter(ticket("w", 2)));
    }

    @Test
    void aLockIsHeldOrRemembered() {
        refused(lock -> {});
    }

    @Test
    void aHolderHasTheNewestTokenOfItsLock() {
        refused(lock -> lock.hold(hold(LAST_TOKEN - 1, NOW + 1)));
        assertThatThrownBy(() -> restoration().lock(LOCK, LAST_TOKEN + 1)).isInstanceOf(InvariantException.class);
    }

    @Test
    void aLeaseEndsLaterThanNowAndNotBeyondTheLongestLease() {
        refused(lock -> lock.hold(hold(LAST_TOKEN, NOW)));
        refused(lock -> lock.hold(hold(LAST_TOKEN, NOW + Limits.LEASE_MILLIS_MAX + 1)));
        refused(lock -> lock.hold(hold(LAST_TOKEN, Long.MIN_VALUE)));
    }

    @Test
    void aTicketIsKnownOnce() {
        refused(lock -> {
            lock.hold(hold(LAST_TOKEN, NOW + 1));
            lock.waiter(ticket("holder", 2));
        });
        refused(lock -> {
            lock.ended(ended("over", 2));
            lock.ended(ended("over", 3));
        });
    }

    @Test
    void ticketsStandInOrderAndEachInAPlaceOfItsOwn() {
        refused(lock -> {
            lock.hold(hold(LAST_TOKEN, NOW + 1));
            lock.waiter(ticket("first", 2));
            lock.waiter(ticket("second", 2));
        });
        refused(lock -> {
            lock.ended(ended("one", 5));
            lock.ended(ended("other", 4));
        });
        refused(lock -> lock.ended(ended("beyond", LAST_SEQUENCE + 1)));
    }

    @Test
    void aTicketHasAnIdAndALeaseThatACommandCouldHaveBrought() {
        refused(lock -> {
            lock.hold(hold(LAST_TOKEN, NOW + 1));
            lock.waiter(ticket("", 2));
        });
        refused(lock -> {
            lock.hold(hold(LAST_TOKEN, NOW + 1));
            lock.waiter(new Ticket("w", new Holder("dapr", "alice"), -1, 0, 2));
        });
    }

    @Test
    void aTicketDidNotEndInTheFuture() {
        refused(lock -> lock.ended(new EndedTicket(ticket("t", 1), End.CLEARED, 0, 0, NOW + 1, 0, 2)));
    }

    @Test
    void aRequestKeyIsRememberedOnceAndInOrder() {
        Restoration restoration = restoration();
        Outcome outcome = new Outcome.Cleared(0);
        restoration.add(new RequestRecord("k", 1, outcome, 5, NOW));
        for (RequestRecord bad : List.of(
                new RequestRecord("k", 1, outcome, 6, NOW),
                new RequestRecord("other", 1, outcome, 5, NOW),
                new RequestRecord("other", 1, outcome, 4, NOW),
                new RequestRecord("other", 1, outcome, 6, NOW + 1),
                new RequestRecord("", 1, outcome, 6, NOW))) {
            assertThatThrownBy(() -> restoration.add(bad)).as("%s", bad).isInstanceOf(InvariantException.class);
        }
    }

    @Test
    void anOriginRemembersItsLastBatchAndNoneBelowItsFloor() {
        for (Origins.Origin bad : List.of(
                origin(1, 2, LAST_SEQUENCE, 1),
                origin(2, 2, LAST_SEQUENCE, 1, 2),
                origin(0, 1, LAST_SEQUENCE, 1),
                origin(1, 1, LAST_SEQUENCE, 1, 2),
                origin(1, 1, LAST_SEQUENCE + 1, 1),
                origin(1, 65, LAST_SEQUENCE, 65))) {
            assertThatThrownBy(() -> restoration().add(bad)).as("%s", bad).isInstanceOf(InvariantException.class);
        }
        Restoration restoration = restoration();
        restoration.add(origin(1, 64, LAST_SEQUENCE, 1, 64));
        assertThatThrownBy(() -> restoration.add(origin(1, 1, LAST_SEQUENCE, 1)))
                .isInstanceOf(InvariantException.class);
    }

    private static Origins.Origin origin(long floor, long last, long usedBy, long... batches) {
        OrderedTree<Origins.Answered> answered = OrderedTree.empty();
        for (long sequence : batches) {
            answered = answered.with(sequence, 0, new Origins.Answered(sequence, List.of(new Outcome.Cleared(0))));
        }
        return new Origins.Origin(7, floor, last, usedBy, answered);
    }

    @Test
    void accessTokensAreKnownOnceAndInOrderOfName() {
        Restoration restoration = restoration();
        restoration.add(accessToken("b", 1));
        restoration.add(accessToken("ba", 2));
        for (AccessToken bad : List.of(accessToken("ba", 3), accessToken("a", 3), accessToken("c", 1))) {
            assertThatThrownBy(() -> restoration.add(bad)).as("%s", bad).isInstanceOf(InvariantException.class);
        }
        assertThat(restoration.toLockSpace().accessTokens()).containsExactly(accessToken("b", 1), accessToken("ba", 2));
    }

    @Test
    void accessTokensAreNotMoreThanTheirBound() {
        Restoration restoration = restoration();
        for (int number = 0; number < Limits.ACCESS_TOKENS_MAX; number++) {
            restoration.add(accessToken("%05d".formatted(number), number));
        }
        AccessToken oneMore = accessToken("x", Limits.ACCESS_TOKENS_MAX);
        assertThatThrownBy(() -> restoration.add(oneMore)).isInstanceOf(InvariantException.class);
    }

    private static AccessToken accessToken(String name, int hash) {
        return new AccessToken(name, "%064x".formatted(hash), Role.OWNER, List.of(), 0);
    }

    @Test
    void timeStaysWhereTheEndOfEveryLeaseIsANumber() {
        long latest = Limits.CLUSTER_TIME_MILLIS_MAX;
        var command = new Command.TryAcquire(LOCK, "t", new Holder("dapr", "alice"), Limits.LEASE_MILLIS_MAX);
        Entry entry = new Entry(latest, 0, Optional.of(new Batch(1, 1, 1, List.of(command))));
        LockSpace space = LockSpace.empty().apply(entry).next();

        assertThat(space.nextDeadlineMillis()).hasValue(latest + Limits.LEASE_MILLIS_MAX);
        assertThat(space.apply(entry).events()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Entry(latest + 1, 0, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Entry(-1, 0, Optional.empty()));
        assertThatThrownBy(() -> new Restoration(latest + 1, 0, 0, 0)).isInstanceOf(InvariantException.class);
    }
}
