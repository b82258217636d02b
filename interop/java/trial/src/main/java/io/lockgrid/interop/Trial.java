package io.lockgrid.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * How the program of a client is told where the grid is, and how it says what it saw. {@code docs/interop.md} has the
 * contract with {@code scripts/interop}.
 */
final class Trial {
    /** Longer than a trial takes. */
    static final int LEASE_SECONDS = 600;

    static final int SHORT_SECONDS = 1;

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration EXPIRY_MAX = Duration.ofSeconds(30);

    private Trial() {}

    /** What a trial does. */
    interface Steps {
        /** Returns when all promises are seen kept. */
        void run() throws Exception;
    }

    /** {@code host:port} of every node, the leader last. */
    static List<String> nodes() {
        return List.of(System.getenv("INTEROP_NODES").split(","));
    }

    /** The access token of a grid that asks for one; null on an open one. */
    static String token() {
        return System.getenv("INTEROP_TOKEN");
    }

    /** The name of the token. */
    static String user() {
        return System.getenv("INTEROP_USER");
    }

    /** The namespace of all locks of this trial, since trials run at once. */
    static String namespace() {
        return System.getenv("INTEROP_NAMESPACE");
    }

    /** Where the program and {@code scripts/interop} leave signs for each other. */
    static Path folder() {
        return Path.of(System.getenv("INTEROP_FOLDER"));
    }

    /** Says that a promise is kept, or ends the trial. */
    static void check(String promise, boolean kept, Object seen) {
        ensure(promise, kept, seen);
        System.out.println("ok: " + promise);
    }

    /** Ends the trial if a promise is not kept. */
    static void ensure(String promise, boolean kept, Object seen) {
        if (!kept) {
            throw new AssertionError("broken: " + promise + "; seen: " + seen);
        }
    }

    /** What a call that must fail threw. */
    static Exception failureOf(Callable<?> call) {
        Object answer;
        try {
            answer = call.call();
        } catch (Exception e) {
            return e;
        }
        throw new AssertionError("broken: the call fails; seen: " + answer);
    }

    /**
     * Proves that a lease ends, and not early.
     *
     * @param take takes the lock for {@link #SHORT_SECONDS}
     * @param takeByOther tries to take the same lock for another owner
     */
    static void expires(Callable<Boolean> take, Callable<Boolean> takeByOther) throws Exception {
        long start = System.nanoTime();
        check("a lock is taken for a second", take.call(), false);
        while (!takeByOther.call()) {
            ensure("a lock whose lease has passed is free", since(start).compareTo(EXPIRY_MAX) < 0, since(start));
            pause();
        }
        System.out.println("ok: a lock whose lease has passed is free");
        Duration passed = since(start);
        check("no lease ends early", passed.compareTo(Duration.ofSeconds(SHORT_SECONDS)) >= 0, passed);
    }

    static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /** Runs the trial that is the last word of the command line, and ends the process, whose threads may go on. */
    static void run(String[] arguments, Map<String, Steps> trials) {
        int exit = 0;
        try {
            trials.get(arguments[arguments.length - 1]).run();
        } catch (Throwable e) {
            e.printStackTrace();
            exit = 1;
        }
        System.exit(exit);
    }
}
