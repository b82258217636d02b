package io.lockgrid.testkit.fault;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What each client passes between the moment it got a lock and the moment it uses what the lock guards: the place where
 * a client's time stands still, as in a long garbage collection, while its lease goes on. Any thread may pass.
 */
public final class ClientGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private int places;
    private int openings;

    /** Returns at once while the gate is open or all its places are taken; else when it is opened. */
    public void pass() throws InterruptedException {
        lock.lock();
        try {
            if (places > 0) {
                places--;
                for (int now = openings; openings == now; ) {
                    opened.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Holds back the next so many clients; the others pass. */
    void shut(int clients) {
        lock.lock();
        try {
            places = clients;
        } finally {
            lock.unlock();
        }
    }

    /** Lets all go on. */
    void open() {
        lock.lock();
        try {
            places = 0;
            openings++;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
