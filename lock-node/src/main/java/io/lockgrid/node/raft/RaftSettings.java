package io.lockgrid.node.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Ratis 3.3.0 as this project uses it: every setting that differs from its default, and why. */
final class RaftSettings {
    /** The longest file of the log; an entry or two of 4 MB may make it a little longer. */
    static final SizeInBytes LOG_FILE_MAX = SizeInBytes.valueOf("64MB");

    private RaftSettings() {}

    /**
     * The properties of a server.
     *
     * @param storage folder of the log and the snapshots
     * @param port of the Raft protocol
     * @param electionTimeout the shortest wait for a leader's word; the longest is twice that
     * @param logKeptEntries kept behind a snapshot for followers that were away briefly
     */
    static RaftProperties of(Path storage, int port, Duration electionTimeout, long logKeptEntries) {
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(storage.toFile()));
        GrpcConfigKeys.Server.setPort(properties, port);
        elections(properties, electionTimeout.toMillis());
        log(properties, logKeptEntries);
        tries(properties);
        appending(properties);
        limits(properties);
        return properties;
    }

    private static void elections(RaftProperties properties, long minMillis) {
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(minMillis));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(2 * minMillis));
        // A cluster that starts has no leader to disturb, so the first election need not wait.
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, millis(150));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, millis(300));
        // The default bars an ex-leader from standing for 10 s; with two nodes left it may be the only one that can.
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, millis(2 * minMillis));
        RaftServerConfigKeys.Rpc.setSlownessTimeout(properties, TimeDuration.valueOf(10, TimeUnit.SECONDS));
        RaftClientConfigKeys.Rpc.setRequestTimeout(properties, TimeDuration.valueOf(3, TimeUnit.SECONDS));
    }

    private static void log(RaftProperties properties, long logKeptEntries) {
        // Metadata entries only tell a restarted minority sooner what was committed, for one more entry per commit.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
        RaftServerConfigKeys.Log.setForceSyncNum(properties, 1024);
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, LOG_FILE_MAX);
        RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("16MB"));
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
        RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf("64MB"));
        // Otherwise one dead follower pins the log of all others until their disks are full.
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
        RaftServerConfigKeys.Log.setPurgePreservationLogNum(properties, logKeptEntries);
        // Damage in the middle of the log would be dropped with all that follows it: refuse to start instead.
        RaftServerConfigKeys.Log.setCorruptionPolicy(properties, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
        // Snapshots are taken by SnapshotTaker; the default keeps every file for ever.
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, 2);
    }

    /**
     * The default comes to try a node that is away only every 5 s. One that came back with an empty log was never sent
     * anything then (seen in 3.3.0): each heartbeat between two tries sets back where the leader begins to send.
     */
    private static void tries(RaftProperties properties) {
        RaftServerConfigKeys.Log.Appender.setRetryPolicy(properties, "1ms,10, 20ms,20, 50ms,1000000000");
    }

    private static void appending(RaftProperties properties) {
        // The default sends a follower something every ms at most: an entry would wait for most of that, though there
        // are never more than a few on their way.
        RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
        // For the heartbeats that an index of this kind takes (LeaderLog.tellFollowers): no read relies on it.
        RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    }

    private static void limits(RaftProperties properties) {
        // Requests are told from repeats by the lock space; this cache would keep every reply on the heap for a minute.
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, TimeDuration.valueOf(3, TimeUnit.SECONDS));
        RaftServerConfigKeys.Write.setElementLimit(properties, 1024);
        GrpcConfigKeys.Server.setWorkerGroupSize(properties, 2);
        GrpcConfigKeys.Client.setWorkerGroupSize(properties, 2);
    }

    private static TimeDuration millis(long millis) {
        return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
    }
}
