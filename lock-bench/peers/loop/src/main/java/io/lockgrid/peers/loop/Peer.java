package io.lockgrid.peers.loop;

/** A lock service as the client library of its makers offers it. */
@FunctionalInterface
public interface Peer {
    /**
     * A lock as one client sees it, ready to be taken. It is asked for, and used, by the thread of that client alone.
     *
     * @param name of the lock, in this run's own name space
     * @param client number of the client, from 0 on
     */
    Mutex mutex(String name, int client) throws Exception;

    /** One lock in the hands of one client, which takes it and lets go of it in turn. */
    interface Mutex {
        /** Waits until it is held. */
        void acquire() throws Exception;

        /** Returns when the service has said that it is free. */
        void release() throws Exception;
    }
}
