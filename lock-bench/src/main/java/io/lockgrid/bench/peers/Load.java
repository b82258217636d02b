package io.lockgrid.bench.peers;

/**
 * What clients do to a system at a time.
 *
 * @param workload {@code own}: a lock for each client; {@code hot}: one for all
 * @param clients how many there are
 */
record Load(String workload, int clients) {
    static final String OWN = "own";
    static final String HOT = "hot";

    /** How many clients want the one hot lock. */
    static final int HOT_CLIENTS = 16;

    boolean isHot() {
        return workload.equals(HOT);
    }

    @Override
    public String toString() {
        return workload + " " + clients;
    }
}
