package io.lockgrid.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A second replica of the log, which must be equal to the leader's at every index, however it got there. Also holds the
 * log itself: each entry with the state that the leader's replica had after it.
 */
final class Follower {
    private final Core core;
    private final List<byte[]> log = new ArrayList<>();
    private final List<GridState> leaderAfter = new ArrayList<>();
    private byte[] snapshot = new byte[0];
    private int snapshotIndex;
    private boolean cut;
    private int index;

    Follower(Core core) {
        this.core = core;
    }

    void append(byte[] entry, GridState after) {
        log.add(entry);
        leaderAfter.add(after);
        if (!cut) {
            followByLog();
        }
    }

    void keep(byte[] bytes) {
        snapshot = bytes;
        snapshotIndex = log.size();
    }

    void cut() {
        cut = true;
    }

    void followBySnapshot() {
        if (snapshotIndex > index) {
            core.restore(snapshot);
            index = snapshotIndex;
            compare();
        }
        followByLog();
    }

    void followByLog() {
        cut = false;
        while (index < log.size()) {
            core.apply(log.get(index));
            index++;
            compare();
        }
    }

    private void compare() {
        GridState expected = leaderAfter.get(index - 1);
        GridState actual = GridState.of(core.space());
        if (!expected.equals(actual)) {
            throw new Violation(
                    "ReplicasEqual",
                    "at index " + index + " the follower differs from the leader"
                            + GridState.difference(expected, actual));
        }
    }
}
