package io.lockgrid.node.raft;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the channels to the peers anew while there is no leader. gRPC waits longer and longer before it connects to a
 * dead peer again, up to two minutes, and fails every call meanwhile. Ratis cuts that short for the followers of a
 * leader, but not for votes: a peer that came back would not be asked for its own, and there would be no leader though
 * a majority is there (seen in 3.3.0: 24 s after an outage of 45 s).
 */
final class PeerChannels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerChannels.class);

    /** An election among peers that answer is over sooner. */
    private static final long PERIOD_MILLIS = 1_000;

    private final RaftServer.Division division;
    private final List<RaftPeerId> others;
    private final ScheduledExecutorService timer;

    PeerChannels(RaftServer.Division division) {
        this.division = division;
        this.others = division.getGroup().getPeers().stream()
                .map(peer -> peer.getId())
                .filter(id -> !id.equals(division.getId()))
                .toList();
        // To close a channel waits for the calls on it, and that must not hold up another peer's.
        this.timer = Executors.newScheduledThreadPool(
                others.size(),
                Thread.ofPlatform().name("lockgrid-channels-", 1).daemon(true).factory());
    }

    void start() {
        for (RaftPeerId peer : others) {
            Channel channel = new Channel(peer);
            var unused =
                    timer.scheduleWithFixedDelay(channel::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** The channel to one peer; used by one thread at a time. */
    private final class Channel {
        private final RaftPeerId peer;
        private boolean wasLeaderless;

        Channel(RaftPeerId peer) {
            this.peer = peer;
        }

        void look() {
            boolean isLeaderless = division.getInfo().getLeaderId() == null;
            if (isLeaderless && wasLeaderless) {
                reopen();
            }
            wasLeaderless = isLeaderless;
        }

        private void reopen() {
            try {
                division.getRaftServer().getServerRpc().handleException(peer, new IOException("no leader"), true);
            } catch (RuntimeException e) {
                LOG.warn("the channel to {} was not opened anew", peer, e);
            }
        }
    }
}
