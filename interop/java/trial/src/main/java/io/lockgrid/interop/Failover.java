package io.lockgrid.interop;

import static io.lockgrid.interop.Trial.ensure;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Takes locks while the leader dies, and proves that each that was answered as taken is held. */
final class Failover {
    private static final Duration SERVES_AGAIN_MAX = Duration.ofSeconds(30);
    private static final int GRANTS_AFTER_KILL_MIN = 20;

    private final Locks locks;
    private final List<String> taken = new ArrayList<>();
    private final List<String> undecided = new ArrayList<>();
    private final Set<String> failures = new TreeSet<>();
    private Duration longest = Duration.ZERO;

    private Failover(Locks locks) {
        this.locks = locks;
    }

    /** A client; both calls throw where it got no answer. */
    interface Locks {
        /** Tries to take a lock, and says whether it did. */
        boolean take(String name, String owner) throws Exception;

        /** Whether the owner held the lock, and has released it. */
        boolean release(String name, String owner) throws Exception;
    }

    /** The trial of a client that knows all nodes. */
    static void ofAll(Locks locks) throws Exception {
        new Failover(locks).run(locks);
    }

    /** The trial of a client that knows one node: one of those that live on, while another knows only the leader. */
    static void ofOne(Locks survivor, Locks atLeader) throws Exception {
        new Failover(survivor).run(atLeader);
    }

    private void run(Locks first) throws Exception {
        long start = System.nanoTime();
        Trial.check("a lock is taken while the leader lives", first.take("before", "me"), false);
        taken.add("before");
        takeWhileTheLeaderDies();
        if (!first.equals(locks)) {
            Exception failure = Trial.failureOf(() -> first.take("at-the-dead", "me"));
            System.out.println("ok: a client that knows only the dead node says so: " + failure);
        }
        proveThatAllIsDecided();
        System.out.printf(
                "seen: %d taken, %d calls failed, at most %d ms between two answers; failures: %s%n",
                taken.size(), undecided.size(), longest.toMillis(), failures);
        ensure("it is over before the leases are", Trial.since(start).toSeconds() < Trial.LEASE_SECONDS, start);
    }

    private void takeWhileTheLeaderDies() throws IOException {
        Files.createFile(Trial.folder().resolve("ready"));
        long answered = System.nanoTime();
        long killed = 0;
        for (int i = 1, afterKill = 0; afterKill < GRANTS_AFTER_KILL_MIN; i++) {
            if (killed == 0 && Files.exists(Trial.folder().resolve("killed"))) {
                killed = System.nanoTime();
            }
            if (take("during-" + i)) {
                longest = longest.compareTo(Trial.since(answered)) > 0 ? longest : Trial.since(answered);
                answered = System.nanoTime();
                afterKill += killed == 0 ? 0 : 1;
            }
            boolean inTime = killed == 0 || Trial.since(killed).compareTo(SERVES_AGAIN_MAX) < 0;
            ensure("the grid serves after its leader died", inTime, failures);
            Trial.pause();
        }
    }

    private boolean take(String name) {
        boolean answer;
        try {
            answer = locks.take(name, "me");
        } catch (Exception e) {
            undecided.add(name);
            failures.add(e.toString());
            return false;
        }
        ensure(name + ", which nobody else asks for, is free", answer, false);
        taken.add(name);
        return true;
    }

    private void proveThatAllIsDecided() throws Exception {
        for (String name : taken) {
            ensure(name + ", which was answered as taken, is held", !locks.take(name, "thief"), true);
            ensure(name + " is released by its owner", locks.release(name, "me"), false);
        }
        System.out.println("ok: what was answered as taken is held, and its owner releases it");
        for (String name : undecided) {
            boolean decided = locks.take(name, "thief") || locks.release(name, "me");
            ensure(name + " is free or held by its owner", decided, false);
        }
        System.out.println("ok: what failed is free or held");
    }
}
