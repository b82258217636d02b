package io.lockgrid.node;

import static io.lockgrid.node.TestGrid.await;
import static io.lockgrid.node.TestGrid.enqueue;
import static io.lockgrid.node.TestGrid.name;
import static io.lockgrid.node.TestGrid.read;
import static io.lockgrid.node.TestGrid.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.raft.Partition;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.SubmitException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients take and release locks while leaders come and go, and afterwards everything is counted. A batch that was
 * applied twice would show: its tickets exist already the second time, and its releases find them ended.
 */
@Tag("grid")
class ExactlyOnceTest {
    private static final int CLIENTS_PER_NODE = 4;
    private static final int LEADER_CHANGES = 4;

    @TempDir
    Path folder;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> tokenByTicket = new ConcurrentHashMap<>();
    private final Set<String> released = ConcurrentHashMap.newKeySet();
    private final Set<String> maybeTaken = ConcurrentHashMap.newKeySet();
    private final Map<String, LockService> nodes = new ConcurrentHashMap<>();

    @Test
    void whatWasAnsweredHappenedOnceThoughTheLeaderIsCutOffOrStoppedUnderLoad() throws Exception {
        try (Partition partition = new Partition();
                TestGrid grid = TestGrid.started(3, folder)) {
            grid.ids().forEach(id -> nodes.put(id, grid.node(id).locks()));
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (String id : grid.ids()) {
                for (int i = 0; i < CLIENTS_PER_NODE; i++) {
                    String client = id + "-" + i;
                    clients.add(CompletableFuture.runAsync(
                            () -> work(() -> nodes.get(id), client),
                            task -> Thread.ofPlatform().start(task)));
                }
            }
            for (int i = 0; i < LEADER_CHANGES; i++) {
                awaitMoreAnswers();
                if (i % 2 == 0) {
                    cutLeaderOff(grid, partition);
                } else {
                    restartLeader(grid);
                }
            }
            awaitMoreAnswers();
            over.set(true);
            clients.forEach(CompletableFuture::join);

            assertThat(wrong).isEmpty();
            grid.awaitLeader();
            assertCounted(read(grid.node("n1").locks()).space());
            assertThat(grid.fatal).isEmpty();
        }
    }

    private void awaitMoreAnswers() {
        int before = answered.get();
        await("300 answers more", () -> answered.get() > before + 300 || !wrong.isEmpty());
    }

    private void cutLeaderOff(TestGrid grid, Partition partition) {
        String leader = grid.awaitLeader();
        partition.cutOff(leader);
        await(
                "another leader",
                () -> grid.running().stream()
                        .map(node -> node.locks().status())
                        .anyMatch(status -> status.ready()
                                && !status.leader().orElseThrow().equals(leader)
                                && !status.id().equals(leader)));
        awaitMoreAnswers();
        partition.heal();
    }

    private void restartLeader(TestGrid grid) {
        String leader = grid.awaitLeader();
        grid.stop(leader);
        nodes.put(leader, grid.start(leader).locks());
    }

    /** Each ticket is used once; tries at one lock alone and at one that all share take turns. */
    private void work(Supplier<LockService> node, String client) {
        for (int i = 0; !over.get(); i++) {
            String lock = i % 2 == 0 ? "own-" + client : "shared";
            String ticket = client + "-" + i;
            Outcome taken = submit(node.get(), enqueue(lock, ticket, Duration.ofHours(1)));
            if (taken == null) {
                maybeTaken.add(ticket);
            } else if (taken instanceof Outcome.Granted granted) {
                tokenByTicket.put(ticket, granted.token());
            } else if (!(taken instanceof Outcome.Queued)) {
                wrong.add(ticket + " was answered " + taken);
            }
            Outcome ended = submit(node.get(), release(lock, ticket));
            if (ended instanceof Outcome.Released) {
                released.add(ticket);
            } else if (ended != null && taken != null) {
                wrong.add(ticket + " was taken, and its release was answered " + ended);
            }
        }
    }

    /** The outcome, or null if it is unknown. What certainly was not sent is sent again. */
    private Outcome submit(LockService locks, Command command) {
        LockService node = locks;
        while (true) {
            try {
                Outcome outcome = node.submit(command)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .outcome();
                answered.incrementAndGet();
                return outcome;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof SubmitException.OutcomeUnknown) {
                    unknown.incrementAndGet();
                    return null;
                }
                // This node is stopped or knows no leader: another one.
                node = nodes.values().stream()
                        .skip(answered.get() % 3)
                        .findFirst()
                        .orElseThrow();
            } catch (Exception e) {
                wrong.add(command + " had no answer: " + e);
                return null;
            }
        }
    }

    private void assertCounted(LockSpace space) {
        // Every grant drew one token, whether it was answered at once, came by a release, or nobody heard of it.
        Set<Long> tokens = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        int grants = 0;
        for (var locks = space.locks(); locks.hasNext(); ) {
            Lock lock = locks.next();
            grants += lock.holder().isPresent() ? 1 : 0;
            lock.holder().ifPresent(hold -> tokens.add(hold.token()));
            lock.holder().ifPresent(hold -> known.add(hold.ticket().id()));
            lock.waiters().forEach(waiter -> known.add(waiter.id()));
            for (EndedTicket ended : lock.ended()) {
                assertThat(known.add(ended.ticket().id()))
                        .as("a ticket ends once")
                        .isTrue();
                grants += ended.wasGranted() ? 1 : 0;
                if (ended.wasGranted()) {
                    tokens.add(ended.token());
                }
            }
        }
        assertThat(tokens).as("no token was given twice").hasSize(grants);
        assertThat(space.lastToken()).as("no token was drawn for nothing").isEqualTo(grants);
        assertThat(tokens).containsAll(tokenByTicket.values());
        assertThat(Set.copyOf(tokenByTicket.values())).hasSameSizeAs(tokenByTicket.keySet());
        assertThat(known).containsAll(tokenByTicket.keySet()).containsAll(released);
        assertThat(space.lock(name("shared")).orElseThrow().waiters().size())
                .as("waiters are only those whose release is not known")
                .isLessThanOrEqualTo(unknown.get());
        assertThat(maybeTaken.size()).isLessThanOrEqualTo(unknown.get());
    }
}
