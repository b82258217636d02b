package io.lockgrid.cli.cluster;

import io.lockgrid.testkit.agent.Action;
import io.lockgrid.testkit.agent.Point;
import io.lockgrid.testkit.agent.TestHooks;
import io.lockgrid.testkit.agent.mutant.Mutant;
import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.Launch;
import io.lockgrid.testkit.fault.WallClock;
import io.lockgrid.testkit.history.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A short course of calls and faults in which a broken rule must show; none leaves it to luck. */
enum Recipe {
    /** One node: owners, keys, turns, a wait given up, leases that end. */
    TURNS {
        @Override
        List<String> run(Path folder, Optional<Mutant> mutant) {
            try (Trial trial = new Trial(folder, 1, mutant)) {
                trial.start();
                owners(trial);
                keys(trial);
                order(trial);
                waitGivenUp(trial);
                lateRelease(trial);
                return trial.judge(1);
            }
        }
    },

    /** One node, which comes back from a snapshot. */
    RESTART {
        @Override
        List<String> run(Path folder, Optional<Mutant> mutant) {
            try (Trial trial = new Trial(folder, 1, mutant)) {
                trial.start();
                Operation holder = trial.queue(1, "kept", "first", LONG);
                List<Operation> waiting =
                        List.of(trial.queue(1, "kept", "second", LONG), trial.queue(1, "kept", "third", LONG));
                trial.cluster.stop(1);
                trial.start();
                trial.look(1, holder);
                trial.release(1, holder);
                takeTurns(trial, waiting);
                return trial.judge(1);
            }
        }
    },

    /** The wall clock of a lone node jumps ahead by an hour while a lock is held. */
    CLOCK_JUMP {
        @Override
        List<String> run(Path folder, Optional<Mutant> mutant) {
            Path data = folder.resolve("n1");
            try (Trial trial = new Trial(folder, 1, mutant, i -> true, i -> WallClock.launch(data))) {
                trial.start();
                trial.lock(1, "lock", "first", LONG);
                WallClock.set(data, Duration.ofHours(1));
                trial.lock(1, "lock", "second", LONG);
                trial.unlock(1, "lock", "first");
                trial.unlock(1, "lock", "second");
                return trial.judge(1);
            }
        }
    },

    /** A leader stands still while another takes over, and is asked when it goes on. */
    PAUSED_LEADER {
        @Override
        List<String> run(Path folder, Optional<Mutant> mutant) {
            try (Trial trial = new Trial(folder, 3, mutant);
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                trial.start();
                Operation first = trial.queue(1, "lock", "first", LONG);
                Operation second = trial.queue(1, "lock", "second", LONG);
                int leader = trial.cluster.awaitLeader(Clusters.START_MAX);
                int other = trial.other(leader);
                trial.cluster.pause(leader);
                trial.release(other, first);
                // The system takes connection and request; the process finds them when it goes on.
                List<CompletableFuture<Operation>> asked = new ArrayList<>();
                for (int i = 0; i < ASKED; i++) {
                    asked.add(CompletableFuture.supplyAsync(() -> trial.lookOnce(leader, second), threads));
                }
                Await.passed(Duration.ofMillis(300));
                trial.cluster.resume(leader);
                asked.forEach(CompletableFuture::join);
                trial.release(other, second);
                return trial.judge(other);
            }
        }
    },

    /** The leader dies when it has applied a release and told nobody: the node that sent it sends it again. */
    LEADER_DIES_BEFORE_IT_ANSWERS {
        @Override
        List<String> run(Path folder, Optional<Mutant> mutant) {
            try (Trial trial = new Trial(folder, 3, mutant)) {
                trial.start();
                // On a machine so slow that the node gave up, the client had to ask again, and nothing was tried.
                boolean isTried = false;
                for (int round = 1; round <= ROUNDS && !isTried; round++) {
                    isTried = dieWhileReleasing(trial, round);
                }
                return trial.judge(trial.cluster.awaitLeader(Clusters.START_MAX));
            }
        }
    },

    /** The leader is asked when its followers are gone, and is gone itself when they are back. */
    LEADER_ALONE {
        @Override
        List<String> run(Path folder, Optional<Mutant> mutant) {
            try (Trial trial = new Trial(folder, 3, mutant)) {
                trial.start();
                int leader = trial.cluster.awaitLeader(Clusters.START_MAX);
                trial.others(leader).forEach(trial.cluster::kill);
                trial.lock(leader, "lock", "first", LONG);
                trial.cluster.kill(leader);
                trial.others(leader).forEach(trial.cluster::start);
                trial.cluster.awaitReady(Clusters.START_MAX);
                int other = trial.other(leader);
                Trial.sure(() -> trial.lock(other, "lock", "second", LONG));
                trial.unlock(other, "lock", "second");
                return trial.judge(other);
            }
        }
    },

    /** A follower is asked what became of a ticket that was released elsewhere. */
    FOLLOWER_IS_ASKED {
        @Override
        List<String> run(Path folder, Optional<Mutant> mutant) {
            try (Trial trial = new Trial(folder, 3, mutant, i -> i == 3, i -> Launch.with())) {
                trial.cluster.start(1);
                trial.cluster.start(2);
                trial.cluster.awaitLeader(Clusters.START_MAX);
                trial.start();
                Operation claim = trial.queue(1, "lock", "claimant", LONG);
                trial.release(1, claim);
                trial.look(3, claim);
                return trial.judgeWithReplicas(3);
            }
        }
    };

    private static final int LONG = 600;
    private static final int ASKED = 5;
    private static final int ROUNDS = 3;
    private static final Duration TURN_MAX = Duration.ofSeconds(4);

    /**
     * Runs it on a new cluster.
     *
     * @return what the checks found
     */
    abstract List<String> run(Path folder, Optional<Mutant> mutant);

    private static void owners(Trial trial) {
        trial.lock(1, "owned", "owner", LONG);
        trial.unlock(1, "owned", "stranger");
        trial.unlock(1, "owned", "owner");
    }

    private static void keys(Trial trial) {
        Operation claim = trial.queue(1, "keyed", "sender", LONG);
        Operation again = trial.queue(1, "keyed", "sender", LONG);
        trial.release(1, claim);
        if (!again.ticket().equals(claim.ticket())) {
            trial.release(1, again);
        }
    }

    private static void order(Trial trial) {
        Operation holder = trial.queue(1, "ordered", "holder", LONG);
        List<Operation> waiting = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            waiting.add(trial.queue(1, "ordered", "waiter" + i, LONG));
        }
        trial.release(1, holder);
        takeTurns(trial, waiting);
    }

    private static void waitGivenUp(Trial trial) {
        Operation holder = trial.queue(1, "left", "present", LONG);
        Operation gone = trial.queue(1, "left", "gone", LONG);
        Operation next = trial.queue(1, "left", "next", LONG);
        trial.release(1, gone);
        trial.release(1, holder);
        trial.look(1, gone);
        trial.look(1, next);
        trial.release(1, next);
    }

    private static void lateRelease(Trial trial) {
        trial.lock(1, "abandoned", "gone for good", 1);
        Operation late = trial.queue(1, "leased", "late", 1);
        List<Operation> waiting =
                List.of(trial.queue(1, "leased", "heir", LONG), trial.queue(1, "leased", "heir of the heir", LONG));
        long end = System.nanoTime() + TURN_MAX.toNanos();
        while (!trial.look(1, waiting.getFirst()).saysHeld() && System.nanoTime() < end) {
            Await.passed(Duration.ofMillis(50));
        }
        trial.release(1, late);
        trial.look(1, waiting.getLast());
        takeTurns(trial, waiting);
    }

    /**
     * Returns whether the first call was answered.
     *
     * @param round makes names
     */
    private static boolean dieWhileReleasing(Trial trial, int round) {
        trial.start();
        int leader = trial.cluster.awaitLeader(Clusters.START_MAX);
        int other = trial.other(leader);
        Operation claim = trial.queue(other, "lock" + round, "claimant" + round, LONG);
        TestHooks.arm(trial.cluster.data(leader), Point.AFTER_APPLY, Action.CRASH);
        boolean isAnswered = trial.releaseOnce(other, claim).isDefinite();
        trial.cluster.node(leader).awaitEnd();
        if (!isAnswered) {
            trial.release(other, claim);
        }
        return isAnswered;
    }

    /** Whoever holds gives back, until nobody does. */
    private static void takeTurns(Trial trial, List<Operation> waiting) {
        for (int turn = 1; turn <= waiting.size(); turn++) {
            for (Operation claim : waiting) {
                if (trial.look(1, claim).saysHeld()) {
                    trial.release(1, claim);
                    break;
                }
            }
        }
    }
}
