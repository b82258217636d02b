package io.lockgrid.peers.zookeeper;

import io.lockgrid.peers.loop.ClosedLoop;
import io.lockgrid.peers.loop.Peer;
import io.lockgrid.peers.loop.Plan;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.ExponentialBackoffRetry;

/** ZooKeeper through Curator's InterProcessMutex: a session for each client, up to a number. */
public final class Main {
    /** Measured: with 64 clients, 66 sessions did half as much again as 3. More threads than this help nobody. */
    private static final int SESSIONS_MAX = 66;

    private static final int RETRY_MILLIS = 100;
    private static final int RETRIES = 3;

    private Main() {}

    /** See {@link Plan}. */
    public static void main(String[] arguments) throws Exception {
        ClosedLoop.main(arguments, Main::open);
    }

    private static Peer open(Plan plan) throws InterruptedException {
        List<CuratorFramework> sessions = new ArrayList<>();
        for (int i = 0; i < Math.min(plan.clients(), SESSIONS_MAX); i++) {
            String server = plan.addresses().get(i % plan.addresses().size());
            CuratorFramework session =
                    CuratorFrameworkFactory.newClient(server, new ExponentialBackoffRetry(RETRY_MILLIS, RETRIES));
            session.start();
            sessions.add(session);
        }
        for (CuratorFramework session : sessions) {
            session.blockUntilConnected();
        }
        return (name, client) -> {
            InterProcessMutex mutex = new InterProcessMutex(sessions.get(client % sessions.size()), "/" + name);
            return new Peer.Mutex() {
                @Override
                public void acquire() throws Exception {
                    mutex.acquire();
                }

                @Override
                public void release() throws Exception {
                    mutex.release();
                }
            };
        };
    }
}
