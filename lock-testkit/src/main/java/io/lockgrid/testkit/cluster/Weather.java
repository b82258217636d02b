package io.lockgrid.testkit.cluster;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a proxy does to bytes at present. Threads wait here, and a change wakes them. */
final class Weather {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile double repliesLost;
    private volatile Duration silenceMax = Duration.ZERO;
    private volatile Duration delayLeast = Duration.ZERO;
    private volatile Duration delayMost = Duration.ZERO;
    private boolean silent;

    void loseReplies(double share, Duration closedAfter) {
        silenceMax = closedAfter;
        repliesLost = share;
    }

    void delay(Duration least, Duration most) {
        delayLeast = least;
        delayMost = most;
    }

    void silence() {
        change(true);
    }

    void clear() {
        repliesLost = 0;
        delayLeast = Duration.ZERO;
        delayMost = Duration.ZERO;
        change(false);
    }

    private void change(boolean silence) {
        lock.lock();
        try {
            silent = silence;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean losesThisReply(Random chance) {
        return chance.nextDouble() < repliesLost;
    }

    /** Returns when a client of a lost reply has waited long enough, or the weather cleared. */
    void waitAfterLoss(Random chance) throws InterruptedException {
        waitFor(chance.nextLong(silenceMax.toNanos() + 1));
    }

    /** Returns when bytes that came now may go on. */
    void waitToPass(Random chance) throws InterruptedException {
        long least = delayLeast.toNanos();
        waitFor(chance.nextLong(least, Math.max(least, delayMost.toNanos()) + 1));
        lock.lock();
        try {
            while (silent) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void waitFor(long nanos) throws InterruptedException {
        lock.lock();
        try {
            for (long left = nanos; left > 0 && (repliesLost > 0 || !delayMost.isZero()); ) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
