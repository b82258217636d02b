package io.lockgrid.node.raft;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The room on the disk that a member's log and snapshots take, and how to make it less. */
public final class LogRoom {
    private static final Logger LOG = LoggerFactory.getLogger(LogRoom.class);
    private static final long WAIT_MILLIS = 10_000;

    private final RaftServer server;
    private final RaftServer.Division division;
    private final LockStateMachine stateMachine;
    private final ClientId adminId = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();

    LogRoom(RaftServer server, RaftServer.Division division, LockStateMachine stateMachine) {
        this.server = server;
        this.division = division;
        this.stateMachine = stateMachine;
    }

    /** How many bytes a log file and the next snapshot, which stands beside the last one for a while, may take. */
    public long bytesNeeded() {
        return RaftSettings.LOG_FILE_MAX.getSize() + stateMachine.snapshotBytes();
    }

    /**
     * Writes a snapshot, however new the last one is, and purges all of the log that is in closed files behind it: a
     * follower that was away gets the snapshot.
     */
    public void make() throws InterruptedException {
        stateMachine.snapshots().takeNow(stateMachine.position());
        SnapshotInfo newest = stateMachine.getLatestSnapshot();
        if (newest != null) {
            try {
                division.getRaftLog().purge(newest.getIndex()).get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("the log behind the snapshot is not purged yet: {}", e.toString());
            }
        }
    }

    /** Lets Ratis know of the newest snapshot, which then purges the log behind it, all but what is to be kept. */
    void purgeBehindSnapshot() {
        var request = SnapshotManagementRequest.newCreate(
                adminId, server.getId(), division.getGroup().getGroupId(), calls.incrementAndGet(), WAIT_MILLIS, 1);
        try {
            server.snapshotManagement(request);
        } catch (IOException e) {
            LOG.warn("the log behind the snapshot is not purged yet: {}", e.toString());
        }
    }
}
